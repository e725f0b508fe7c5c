/** The texts of putting people forward for outings from the figures, in plain Japanese. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'nomination.title': 'みんなで あるく かいに すいせんする',
  'nomination.text': 'うえで えらんだ ひとを すいせんします。きめるのは たんとうの ひとです。',
  'nomination.select': '{name}を えらぶ',
  'nomination.column': 'すいせん',
  'nomination.all': 'みえている ひとを ぜんいん えらぶ',
  'nomination.none': 'えらぶのを やめる',
  'nomination.outing': 'みんなで あるく かい',
  'nomination.option': '{when} {title}(あき {free})',
  'nomination.no_outing':
    'すいせんできる かいが ありません。けんしゅうの たんとうに きいて ください。',
  'nomination.failed': 'よめませんでした。',
  'nomination.go': '{count}にんを すいせんする',
  'nomination.nobody': 'うえで ひとを えらんで ください。',
  'nomination.ask': '{when} {title}',
  'nomination.ask_title': '{count}にんを すいせんしますか',
  'nomination.done': '{count}にんを すいせんしました。',
  'nomination.known': '{count}にんは もう もうしこんで いるか、すいせんできません。',
};
