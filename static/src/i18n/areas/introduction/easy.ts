/** The texts of the page that chairs of councils open by a link in plain Japanese, without kanji. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'chair.title': 'すむ ひとの しょうかい',
  'chair.no_link': 'リンクが とちゅうで きれています。もういちど さいごまで ひらいて ください。',
  'chair.missing': 'この リンクは つかえません',
  'chair.missing_why':
    'リンクが かわったか、あたらしい リンクが おくられたか、かいて あった ひとが みんな やめました。',
  'chair.failed': 'たしかめられませんでした。',
  'chair.waiting': '{recipient}への しょうかいです',
  'chair.council': 'きょうぎかい: {council}',
  'chair.once':
    'いちどだけ ひらけます。いんさつできる ところで ひらくか、ひらいたら メモを して ください。',
  'chair.until': '{time} まで ひらけます。',
  'chair.open': 'しょうかいを ひらく',
  'chair.opened_now':
    'この ページを とじると、もう ひらけません。いま いんさつするか、メモを して ください。',
  'chair.opened': 'この リンクは {time} に ひらかれました',
  'chair.opened_why':
    'リンクは いちどだけ ひらけます。あなたが ひらいて いない ときは、すぐに しらせて ください。',
  'chair.expired': 'この リンクは ふるいので つかえません',
  'chair.expired_why': 'つくってから 14にちの あいだ ひらけます。',
  'chair.revoked': 'この リンクは とりけされました',
  'chair.revoked_why': 'おくった ひとが とりけしました。',
  'chair.another': 'もういちど ほしい ときは、あたらしい リンクか かみを たのんで ください。',
  'chair.contact': 'たのむ ところ: {contact}',
  'chair.contact_none': 'たのむ ところ: リンクを おくった くの ひと',
};
