/** The texts of where departments work, in plain Japanese. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'offices.title': 'しごとばと ちく',
  'offices.lead':
    'しょぞくの しごとばを いれると、ほかの ちくの コースを かぞえられます。したの しょぞくは、うえの しょぞくと おなじ ばしょに なります。',
  'offices.none': 'まだ ありません。',
  'offices.failed': 'しごとばを よめませんでした。',
  'offices.department': 'しょぞく',
  'offices.gone': '(いまは ない しょぞく)',
  'offices.name': 'しごとばの なまえ',
  'offices.since': 'いつから',
  'offices.district': 'ちく',
  'offices.no_district': 'ちくが ない',
  'offices.no_districts': 'ちずに ちくが まだ ありません。',
  'offices.add': 'しごとばを いれる',
  'offices.change': 'かえる',
  'offices.remove': 'とりけす',
  'offices.remove_title': '{department}の {since}からの しごとばを とりけしますか',
  'offices.remove_text': 'かぞえかたが かわります。',
  'offices.removed': 'とりけしました。',
  'offices.saved': 'いれました。ちく: {district}',
  'offices.save': 'いれる',
  'offices.cancel': 'やめる',
  'offices.since_help': 'この ひから つかいます。',
  'offices.choose': 'えらんで ください',
  'offices.position_wrong': 'いどと けいどを たしかめて ください。',
  'offices.missing': 'いれて ください。',
};
