/** The texts of one's own introduction, in Japanese. */
export const ja = {
  'my_introduction.title': '協議会の会長への紹介',
  'my_introduction.lead':
    'あなたのことを{council}の会長に知ってもらえます。するかしないか、何を伝えるかは、あなたが決めます。しなくても困ることはありません。',
  'my_introduction.how_1': '伝える項目を選びます。選ばない項目は、会長に渡りません。',
  'my_introduction.how_2':
    '災害対策住宅の担当が、紙か、1回だけ開けるリンクで会長に渡します。渡すたびに、下に記録が残ります。',
  'my_introduction.how_3':
    'いつでも取り下げられます。渡したものは取り戻せませんが、その後は渡しません。協議会が変わったときと退居したときは、自動で終わります。',
  'my_introduction.failed': '紹介の内容を読み込めませんでした。',
  'my_introduction.begin': '紹介の内容を選ぶ',
  'my_introduction.change': '内容を変える',
  'my_introduction.cancel': 'やめる',
  'my_introduction.consented': '紹介に同意しています({time} から)',
  'my_introduction.consented_text': '会長に渡すのは次の内容です。渡すのは{council}だけです。',
  'my_introduction.withdraw': '紹介を取り下げる',
  'my_introduction.withdraw_title': '紹介を取り下げますか',
  'my_introduction.withdraw_text':
    'これからは渡しません。まだ開かれていないリンクからも外れます。すでに渡した紙や、開かれたシートは取り戻せません。捨ててほしいときは、災害対策住宅の担当に伝えてください。',
  'my_introduction.withdrawn': '紹介を取り下げました。',
  'my_introduction.withdraw_failed': '取り下げられませんでした。',
  'my_introduction.choose': '伝える項目',
  'my_introduction.choose_help':
    '選んだ項目だけを渡します。文字は直せます(住宅と部屋は登録のとおりです)。',
  'my_introduction.text_of': '{field}の内容',
  'my_introduction.help.phone': '例: 03-0000-0000',
  'my_introduction.help.contact': '例: 平日の18時から20時までに電話で。ふだんはメールで。',
  'my_introduction.help.languages': '例: 日本語、英語',
  'my_introduction.help.skills': '例: 普通救命講習修了、車いすの介助',
  'my_introduction.help.message': '500文字まで。ほかの人のことは書かないでください。',
  'my_introduction.preview': '会長に渡るもの',
  'my_introduction.preview_none': '項目を選ぶと、渡すものがここに出ます。',
  'my_introduction.agree': '上の内容を{council}の会長に渡すことに同意します',
  'my_introduction.agree_missing': '同意するときは、ここにチェックを入れてください。',
  'my_introduction.nothing': '伝える項目を1つ以上選んでください。',
  'my_introduction.no_phone': '電話番号を数字で入力してください(例: 03-0000-0000)。',
  'my_introduction.no_email': 'メールアドレスを入力してください(例: name@example.jp)。',
  'my_introduction.consent': '同意する',
  'my_introduction.saved': '同意を受け取りました。',
  'my_introduction.reload': '今の登録を読み込む',
  'my_introduction.given': '渡した記録',
  'my_introduction.given_none': 'まだだれにも渡していません。',
  'my_introduction.given_to': '{council} {recipient}',
  'my_introduction.given_fields': '渡した項目: {fields}',
  'my_introduction.given_nothing': '何も渡していません。',
  'my_introduction.given_waiting':
    'リンクを開けるのは {time} まで。それまでに取り下げると、渡りません。',
} as const;
