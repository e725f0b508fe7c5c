/** やさしい日本語: the texts of where residents gather, without kanji. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'muster.of': '{who}の あつまる ところを かえる',
  'muster.change': 'あつまる ところ',
  'muster.name': 'あつまる ところ',
  'muster.help':
    'かかないと、きょうぎかいの あつまる ところに なります。よびかけて いる ときは すぐに かわります。',
  'muster.placed': 'ちずの ばしょも いれる',
  'muster.wrong': 'いどと けいどを すうじで かいて ください。',
  'muster.save': 'きろくする',
  'muster.saved': '{who}の あつまる ところを かえました。',
  'muster.council': 'きょうぎかいの あつまる ところ',
};
