/** 日本語: the source of the app's texts. Its keys are what the other languages must have. */
export const ja = {
  // The app.
  'app.name': 'まちあるき',
  'demo.banner': '見本データです。実際の避難などには使わないでください。',
  'sample.badge': '見本',
  'language.label': '言語 / Language',
  'language.later':
    '通信できないため、いまは切り替えられません。電波のあるところで次に開いたときに切り替わります。',
  'text.separator': '、',
  'link.new_tab': '(新しいタブで開きます)',

  // Fiscal years.
  'fiscal_year.name': '{year}年度(令和{era}年度)',

  // Freshness.
  'freshness.as_of': '{day}時点',
  'freshness.confirmed': '{day}に確認',
  'freshness.overdue': '更新が遅れています',
  'freshness.overdue_since': '更新が遅れています(予定 {day})',
  'freshness.unknown': 'いつの情報か分かりません',
  'freshness.empty': 'まだ情報がありません',

  // List.
  'distance.m': '{value} m',
  'distance.km': '{value} km',

  // Details.
  'feature.unnamed': '(名称なし)',
  'feature.retired': '廃止',
  'flag.yes': '○ はい',
  'flag.no': '× いいえ',
  'stop.number': '{number}番',

  // Sharing and tools.
  'share.copied': 'コピーしました。',
  'share.copy_by_hand': '自動でコピーできませんでした。次の文字をコピーしてください: {text}',

  // Map.
  'map.cluster': '{count}か所のまとまり。選ぶと拡大します。',

  // Errors.
  'action.retry': 'もう一度試す',
  'action.dismiss': '閉じる',
  'error.offline': '通信できません。電波や接続を確かめて、もう一度試してください。',
  'error.timeout': '応答に時間がかかりすぎています。しばらくして、もう一度試してください。',
  'error.missing': '見つかりませんでした。なくなったか、まだ公開されていません。',
  'error.busy': '混み合っています。1分ほどして、もう一度試してください。',
  'error.server': 'サーバーで問題が起きました。続くときは区の担当に知らせてください。',
  'error.unreadable': '正しく受け取れませんでした。ページを読み込み直してください。',
  'error.number': ' (問い合わせ番号 {id})',

  // The frame of each page.
  'skip.to_main': '本文へ移動',
  'leaving.title': '未送信の記録があります',
  'leaving.text':
    'この端末に、まだ送っていないあなたの記録が{count}件あります。サインアウトすると、次にあなたがこの端末でサインインするまで送られません。',
  'bell.label': 'お知らせ',
  'bell.unread': 'お知らせ(未読{count}件)',
  'menu.label': 'メニュー',
  'menu.of': 'メニュー: {name}',
  'menu.map': '地図',
  'menu.walk': 'あるく',
  'menu.record': 'わたしの記録',
  'menu.council': 'わたしの協議会',
  'menu.training': 'わたしの研修',
  'menu.completion': '受講状況',
  'menu.coverage': '歩かれた場所',
  'menu.programmes': '研修プログラム',
  'menu.visits': '訪問の確認',
  'menu.outings': '実施回',
  'menu.lead': '実施回の運営',
  'menu.people': 'アカウントと役割',
  'menu.roster': '職員名簿',
  'menu.data': '地図データ',
  'menu.design': 'コースの設計',
  'menu.edit': '場所の編集',
  'menu.housing': '住宅台帳',
  'menu.introductions': '協議会への住民紹介',
  'menu.activations': '発令と参集',
  'menu.gatherings': '協議会の集まり',
  'menu.audit': '監査記録',
  'menu.retention': '保存期間',
  'menu.settings': '設定',
  'menu.account': '自分のアカウント',
  'session.sign_in': 'サインイン',
  'session.sign_out': 'サインアウト',
  'session.signed_in_as': 'サインイン中:',
  'session.failed': 'サインインの状態を確かめられませんでした。',
  'session.going': 'サインインのページへ移動しています…',
  'update.waits': 'このページの新しい版があります。',
  'update.go': '新しい版に替える',
  'page.loading': '読み込んでいます…',
  'page.closed': 'このページは表示できません。',
  'page.closed_why':
    'このページを使う役割がありません。必要なときは、所属長かシステム管理の担当に相談してください。',

  // Lists and forms.
  'list.show_more': 'さらに表示',
  'form.required': '必須',
  'form.sending': '送信しています…',
  'form.missing': '入力してください。',
  'form.check_fields': '入力に誤りがあります。印の付いた欄を直してください。',
  'password.show': '{label}の文字を表示',
  'dialog.no': 'やめる',

  // Failures of what is sent.
  'error.signed_out': 'サインインの期限が切れました。もう一度サインインしてください。',
  'error.forbidden': 'この操作は受け付けられませんでした。ページを読み込み直してください。',
  'error.invalid': 'この内容では受け付けられませんでした。入力を確かめてください。',
  'error.conflict': 'いまの状態と合わないため、できませんでした。ページを読み込み直してください。',
  'error.changed': 'ほかの人が先に変更しました。読み込み直してから、もう一度行ってください。',
} as const;
