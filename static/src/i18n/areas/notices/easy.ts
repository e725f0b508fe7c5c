/** The texts of the page of notices in plain Japanese. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'notices.lead':
    'けんしゅうや みんなで あるく かいに ついての おしらせです。メールでも とどく ものが あります。',
  'notices.view': 'どの おしらせを みるか',
  'notices.all': 'ぜんぶ',
  'notices.only_unread': 'まだ よんでいない ものだけ({count}けん)',
  'notices.failed': 'おしらせを よみこめませんでした。',
  'notices.none': 'おしらせは まだ ありません。',
  'notices.none_unread': 'まだ よんでいない おしらせは ありません。',
  'notices.unread': 'まだ よんでいない',
  'notices.urgent': 'だいじ',
  'notices.read_all': 'ぜんぶ よんだ ことに する',
  'notices.all_read': 'ぜんぶ よんだ ことに しました。',
  'notices.mark_read': 'よんだ ことに する',
  'notices.mark_unread': 'まだ よんでいない ことに する',
  'notices.mark_failed': 'かえられませんでした。もういちど ためして ください。',
  'notices.offline': 'ネットワークが ありません',
  'notices.offline_text': '{time}に この スマホや パソコンが うけとった おしらせです。',
  'notices.offline_none':
    'この スマホや パソコンには うけとった おしらせが ありません。つながったら もういちど ひらいて ください。',
};
