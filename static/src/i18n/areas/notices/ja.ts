/** The texts of the page of notices in Japanese. */
export const ja = {
  'notices.lead': '研修や実施回について、あなたに知らせたことです。メールでも届くものがあります。',
  'notices.view': '表示するお知らせ',
  'notices.all': 'すべて',
  'notices.only_unread': '未読だけ({count}件)',
  'notices.failed': 'お知らせを読み込めませんでした。',
  'notices.none': 'お知らせはまだありません。',
  'notices.none_unread': '未読のお知らせはありません。',
  'notices.unread': '未読',
  'notices.urgent': '重要',
  'notices.read_all': 'すべて既読にする',
  'notices.all_read': 'すべて既読にしました。',
  'notices.mark_read': '既読にする',
  'notices.mark_unread': '未読に戻す',
  'notices.mark_failed': '変えられませんでした。もう一度お試しください。',
  'notices.offline': 'ネットワークがありません',
  'notices.offline_text': '{time}にこの端末が受け取ったお知らせを表示しています。',
  'notices.offline_none':
    'この端末には、受け取ったお知らせがありません。つながったらもう一度開いてください。',
} as const;
