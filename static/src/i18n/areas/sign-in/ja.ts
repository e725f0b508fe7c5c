/** 日本語: the texts of the sign-in page. */
export const ja = {
  'sign_in.title': 'サインイン',
  'sign_in.lead': '職員のためのページです。地図はサインインしなくても見られます。',
  'sign_in.number': '職員番号',
  'sign_in.number_help': '名簿にないアカウントは、アカウント名を入れてください。',
  'sign_in.password': 'パスワード',
  'sign_in.submit': 'サインイン',
  'sign_in.wrong':
    '職員番号かパスワードが違います。大文字・小文字を確かめて、もう一度入力してください。',
  'sign_in.forgotten':
    'パスワードを忘れたときや、初めて使うときは、システム管理の担当に新しいリンクを頼んでください。',
  'sign_in.contact': '問い合わせ先: {contact}',
  'sign_in.sso': '{name}でサインイン',
  'sign_in.or_password': 'または、パスワードでサインイン',
  'sign_in.already': '{name}さんとしてサインインしています。',
  'sign_in.go_on': '続ける',

  // The demo.
  'sign_in.personas': '見本の人としてサインイン',
  'sign_in.personas_lead': '見本データだけで使えます。パスワードはいりません。',
  'persona.staff': '職員',
  'persona.staff_can': '自分のアカウントと、自分の情報を見た人の記録を見られます。',
  'persona.resident': '災害対策住宅に住む職員',
  'persona.resident_can': '職員と同じことができます。',
  'persona.trainer': '研修担当',
  'persona.trainer_can': 'まちあるきコースと研修を受け持ちます。',
  'persona.manager': '所属長',
  'persona.manager_can': '自分の所属の職員を見て、取りまとめ担当を選べます。',
  'persona.hr': '人事担当',
  'persona.hr_can': '職員名簿と保存期間を管理し、役割の申請を承認できます。',
  'persona.registrar': '住宅担当',
  'persona.registrar_can': '災害対策住宅の台帳を受け持ちます。',
  'persona.editor': '地図編集',
  'persona.editor_can': '地図データの取り込みと、場所の編集ができます。',
  'persona.admin': 'システム管理',
  'persona.admin_can': 'アカウントと設定を管理し、監査記録を調べられます。名前は見えません。',
} as const;
