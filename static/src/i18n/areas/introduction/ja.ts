/** The texts of the page that chairs of councils open by a link, in Japanese. */
export const ja = {
  'chair.title': '住民の紹介',
  'chair.no_link':
    'リンクが途中で切れているようです。届いたリンクをもう一度、最後まで開いてください。',
  'chair.missing': 'このリンクは使えません',
  'chair.missing_why':
    'リンクが途中で変わったか、新しいリンクが送られたか、載っていた人が全員、紹介を取り下げています。',
  'chair.failed': '確かめられませんでした。',
  'chair.waiting': '{recipient}への紹介シートです',
  'chair.council': '協議会: {council}',
  'chair.once':
    '開けるのは1回だけです。印刷できるところで開くか、開いたら必要なことを書き留めてください。',
  'chair.until': '{time} まで開けます。',
  'chair.open': '紹介シートを開く',
  'chair.opened_now': 'このページを閉じると、もう開けません。いま印刷するか、書き留めてください。',
  'chair.opened': 'このリンクは {time} に開かれました',
  'chair.opened_why':
    'リンクを開けるのは1回だけです。心当たりがないときは、すぐに連絡してください。',
  'chair.expired': 'このリンクは期限が切れました',
  'chair.expired_why': '開けるのは、作ってから14日間です。',
  'chair.revoked': 'このリンクは取り消されました',
  'chair.revoked_why': '送った担当が取り消しました。',
  'chair.another': 'もう一度必要なときは、新しいリンクか紙のシートを頼んでください。',
  'chair.contact': '頼む先: {contact}',
  'chair.contact_none': '頼む先: リンクを送った区の担当',
} as const;
