/** The texts of the page that hosts see in Japanese. */
export const ja = {
  'hosts.title': 'まち歩きのお願い',
  'hosts.thanks_title': 'まち歩きのお礼',
  'hosts.no_link':
    'リンクが途中で切れているようです。届いたリンクをもう一度、最後まで開いてください。',
  'hosts.gone':
    'このリンクは使えません。期限が切れたか、新しいリンクが送られています。依頼した担当に確かめてください。',
  'hosts.failed': '内容を読み込めませんでした。',
  'hosts.dear': '{host} 御中',
  'hosts.asks': '{department}から、職員のまち歩きへのご協力のお願いです。',
  'hosts.headcount': '参加する人数',
  'hosts.headcount_value': '今のところ{count}人',
  'hosts.duration': '所要時間',
  'hosts.duration_value': '約{count}分',
  'hosts.answer': 'お返事',
  'hosts.answer_text': '始まるまで、何度でも変えられます。アカウントは要りません。',
  'hosts.yes': '協力できます',
  'hosts.no': '今回は協力できません',
  'hosts.message': 'ひとこと(任意)',
  'hosts.message_help':
    '500文字まで。当日の場所や準備など。個人の名前や電話番号は書かないでください。',
  'hosts.choose': 'どちらかを選んでください。',
  'hosts.send': '返事を送る',
  'hosts.change': '返事を変える',
  'hosts.sent': '返事を受け取りました。ありがとうございます。',
  'hosts.answered_yes': '「協力できます」とのお返事を受け取っています。',
  'hosts.answered_no': '「今回は協力できません」とのお返事を受け取っています。',
  'hosts.closed': 'お返事の受付は終わりました。',
  'hosts.cancelled': 'このまち歩きは中止になりました。',
  'hosts.report': 'お礼と報告',
};
