import tseslint from 'typescript-eslint';

/** HTML strings are how a name in somebody's data becomes a script in everybody's browser. */
const NO_HTML_STRINGS = [
  ...['innerHTML', 'outerHTML', 'srcdoc'].map((name) => ({
    selector: `AssignmentExpression > MemberExpression.left[property.name='${name}']`,
    message: 'Build nodes instead of HTML strings.',
  })),
  {
    selector:
      'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|write|writeln|createContextualFragment)$/]',
    message: 'Build nodes instead of HTML strings.',
  },
  {
    selector: 'ImportDeclaration[source.value=/unsafe-(html|svg)/]',
    message: 'Build nodes instead of HTML strings.',
  },
];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.ts'] },
  {
    files: ['src/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'no-restricted-syntax': ['error', ...NO_HTML_STRINGS],
      'no-restricted-imports': [
        'error',
        {
          paths: ['leaflet', 'leaflet.markercluster'].map((name) => ({
            name,
            message: 'Only src/map knows the map library.',
          })),
        },
      ],
      'max-lines': ['error', 400],
      eqeqeq: 'error',
      'no-console': 'error',
      // Numbers read well in text, and Lit binds a method of the component as its own handler.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/unbound-method': 'off',
      // Lit fills in `declare`d properties, which the compiler cannot see.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  { files: ['src/map/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['src/**/*.test.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'max-lines': 'off' },
  },
);
