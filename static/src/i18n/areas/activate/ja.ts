/** 日本語: the texts of the activation page. */
export const ja = {
  'activate.title': 'アカウントを使い始める',
  'activate.lead': 'パスワードを決めると、そのままサインインします。',
  'activate.checking': 'リンクを確かめています…',
  'activate.no_link': 'この画面は、管理担当から受け取ったリンクかQRコードで開いてください。',
  'activate.check_failed': 'リンクを確かめられませんでした。',
  'activate.unusable':
    'このリンクは使用済みか、期限が切れています。管理担当に新しいリンクを頼んでください。',
  'activate.to_sign_in': 'サインインへ',
  'activate.login': '職員番号',
  'activate.until': 'リンクの期限',
  'activate.not_you': '自分の番号でないときは、使わずに管理担当に知らせてください。',
  'activate.submit': 'パスワードを決めて始める',
} as const;
