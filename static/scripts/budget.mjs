/**
 * Says how much JavaScript and CSS the pages need at first view, compressed, and fails above the
 * budget. Counted is everything that a page's HTML names, and whatever those files import, now or
 * a moment later: the map library comes lazily, but nobody sees a map without it. Of the languages
 * that are loaded for those who read them, the heaviest counts. What is loaded for a few people on a
 * few days has a budget of its own, beside that of the page.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET = 200 * 1024;
/** Pages that promise more. */
const OWN_BUDGETS = { 'design.html': 150 * 1024, 'walk.html': 150 * 1024 };
/** The banner of an activation: for residents of disaster housing, while one goes on. */
const RARE = [/^banner-.*\.js$/, /^left-.*\.js$/];
const RARE_BUDGET = 20 * 1024;
const dist = process.argv[2] ?? 'dist';
const NAMES = /[\w.-]+\.(?:js|css)\b/g;

const asset = (name) => readFileSync(join(dist, 'assets', name));
const sizeOf = (name) => gzipSync(asset(name), { level: 9 }).length;
const matches = (patterns, name) => patterns.some((pattern) => pattern.test(name));

/** What a bundle says of the files of a chunk that comes later: a list of all, and for each chunk their places in it. */
const LIST = /m\.f=\[([^\]]*)\]/;
const LATER = /import\([`'"]\.\/([\w.-]+)[`'"]\)(?:(?!import\().)*?__vite__mapDeps\(\[([\d,]*)\]/gs;

/** The assets that a text names; those that are rare, and what comes with them alone, are put aside. */
function named(text) {
  const list = LIST.exec(text)?.[1].split(',') ?? [];
  const rest = text.replace(LIST, '');
  const files = [...rest.matchAll(LATER)]
    .filter(([, chunk]) => !matches(RARE, chunk))
    .flatMap(([, , places]) =>
      places
        .split(',')
        .filter(Boolean)
        .map((place) => list[place]),
    );
  const all = [...(rest + files.join()).matchAll(NAMES)]
    .map(([name]) => name)
    .filter((name) => existsSync(join(dist, 'assets', name)));
  const rare = [...rest.matchAll(LATER)].filter(([, chunk]) => matches(RARE, chunk));
  return {
    all: all.filter((name) => !matches(RARE, name)),
    rare: rare.flatMap(([, chunk, places]) => [
      chunk,
      ...places
        .split(',')
        .filter(Boolean)
        .flatMap((place) => list[place].match(NAMES)),
    ]),
  };
}

/** Every asset that can be reached by name, and those that are rare. */
function reach(text, found = new Set(), aside = new Set()) {
  const { all, rare } = named(text);
  for (const name of rare) aside.add(name);
  for (const name of all) {
    if (found.has(name)) continue;
    found.add(name);
    reach(asset(name).toString('utf8'), found, aside);
  }
  return { found, aside };
}

/** The texts of one language, which its readers load and nobody else. */
const LANGUAGES = [/^en-/, /^easy-/];

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
let failed = false;

/** What assets come to, with the texts of the heaviest language. */
function sum(names) {
  let total = 0;
  const texts = LANGUAGES.map(() => 0);
  for (const name of names) {
    const language = LANGUAGES.findIndex((pattern) => pattern.test(name));
    if (language < 0) total += sizeOf(name);
    else texts[language] += sizeOf(name);
  }
  return total + Math.max(...texts);
}

for (const page of readdirSync(dist).filter((name) => name.endsWith('.html'))) {
  const budget = OWN_BUDGETS[page] ?? BUDGET;
  const { found, aside } = reach(readFileSync(join(dist, page), 'utf8'));
  for (const name of found) console.log(`${page}  ${kib(sizeOf(name)).padStart(10)}  ${name}`);
  const total = sum(found);
  console.log(`${page}  ${kib(total).padStart(10)}  of ${kib(budget)}`);
  const rare = sum([...aside].filter((name) => !found.has(name)));
  if (aside.size > 0)
    console.log(`${page}  ${kib(rare).padStart(10)}  more of ${kib(RARE_BUDGET)}, rarely`);
  failed ||= total > budget || total === 0 || rare > RARE_BUDGET;
}
process.exit(failed ? 1 : 0);
