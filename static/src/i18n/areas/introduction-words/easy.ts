/** The words of introductions to councils in plain Japanese, without kanji. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'introduction.field.name': 'なまえ',
  'introduction.field.reading': 'なまえの よみかた',
  'introduction.field.housing': 'すんでいる たてもの',
  'introduction.field.unit': 'へや',
  'introduction.field.phone': 'でんわ',
  'introduction.field.email': 'メール',
  'introduction.field.contact': 'れんらくの しかたと じかん',
  'introduction.field.languages': 'はなせる ことば',
  'introduction.field.skills': 'しかく・できること',
  'introduction.field.message': 'ひとこと',
  'introduction.sheet': 'すむ ひとの しょうかい',
  'introduction.sheet_for': '{recipient}',
  'introduction.sheet_lead':
    'さいがいの ための いえに すむ くの しょくいんの しょうかいです。ほんにんが よいと いった ことだけが かいて あります。',
  'introduction.no_name': 'なまえは かいて ありません',
  'introduction.sheet_use':
    'きょうぎかいの れんらくだけに つかって ください。ほかの ひとに わたさないで ください。いらなく なったら、こまかく きって すてて ください。',
  'introduction.sheet_made': 'つくった とき: {time}',
  'introduction.people': '{count}にん',
  'introduction.print': 'いんさつする',
  'introduction.state.printed': 'かみで わたしました',
  'introduction.state.waiting': 'リンクは まだ ひらかれて いません',
  'introduction.state.opened': 'リンクが ひらかれました',
  'introduction.state.expired': 'ひらかれないまま、つかえなく なりました',
  'introduction.state.revoked': 'ひらかれる まえに とりけしました',
};
