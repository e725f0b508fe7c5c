/** 日本語: the texts of the settings page. */
export const ja = {
  'settings.title': '設定',
  'settings.lead':
    '変更はすぐに有効になり、監査記録に残ります。背景地図や待ち受けの設定は、サーバーの起動オプションで変えます。',
  'settings.failed': '設定を読み込めませんでした。',
  'settings.support': '問い合わせ先',
  'settings.support_help':
    'サインインの画面に出ます。個人名ではなく、課の名前と内線などを書いてください。300文字まで。',
  'settings.support_contact': '日本語',
  'settings.support_contact_en': '英語',
  'settings.registrar': '災害対策住宅の担当',
  'settings.registrar_help':
    '「わたしの協議会」のページと、会長が開くリンクのページに出ます。空のときは、上の問い合わせ先が出ます。個人名ではなく、課の名前と内線などを書いてください。300文字まで。',
  'settings.registrar_contact': '担当の連絡先(日本語)',
  'settings.registrar_contact_en': '担当の連絡先(英語)',
  'settings.routes': 'まちあるきコースの公開',
  'settings.routes_help':
    '公開したコースと立ち寄り点のデータに付ける利用条件です。次にコースを公開するときから付きます。空のあいだは「利用条件未確認」と出ます。',
  'settings.route_licence': '利用条件(例: CC BY 4.0)',
  'settings.route_licence_url': '利用条件のアドレス(https://…)',
  'settings.sessions': 'サインイン',
  'settings.session_idle_hours': '使わないときにサインアウトするまで(時間)',
  'settings.session_absolute_hours': '使っていてもサインアウトするまで(時間)',
  'settings.activation_days': '有効化リンクの期限(日)',
  'settings.range': '{least}から{most}まで。はじめの設定は{default}です。',
  'settings.save': '保存',
  'settings.saved': '設定を保存しました。',
  'settings.nothing': '変更はありません。',
  'settings.reload': 'いまの設定を読み込む',
} as const;
