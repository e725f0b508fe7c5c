/** The texts of one's own introduction in plain Japanese, without kanji. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'mine.title': 'きょうぎかいの かいちょうに あなたを しょうかいする',
  'mine.lead':
    '{council}の かいちょうに、あなたの ことを しって もらえます。するか しないか、なにを つたえるかは、あなたが きめます。しなくても だいじょうぶです。',
  'mine.how_1': 'つたえる ことを えらびます。えらばない ことは、わたしません。',
  'mine.how_2':
    'さいがいの ための いえの たんとうが、かみか、いちどだけ ひらける リンクで わたします。わたすと、したに かきます。',
  'mine.how_3':
    'いつでも やめられます。もう わたした ものは もどせませんが、そのあとは わたしません。きょうぎかいが かわった ときと、いえを でた ときは、おわります。',
  'mine.failed': 'しょうかいを よみこめませんでした。',
  'mine.begin': 'つたえる ことを えらぶ',
  'mine.change': 'かえる',
  'mine.cancel': 'もどる',
  'mine.consented': 'しょうかいして よいと きめて います({time} から)',
  'mine.consented_text': 'かいちょうに わたすのは これだけです。{council}だけに わたします。',
  'mine.withdraw': 'しょうかいを やめる',
  'mine.withdraw_title': 'しょうかいを やめますか',
  'mine.withdraw_text':
    'これからは わたしません。まだ ひらかれて いない リンクからも なくなります。もう わたした ものは もどせません。すてて ほしい ときは、さいがいの ための いえの たんとうに いって ください。',
  'mine.withdrawn': 'しょうかいを やめました。',
  'mine.withdraw_failed': 'やめられませんでした。',
  'mine.choose': 'つたえる こと',
  'mine.choose_help':
    'えらんだ ことだけを わたします。ことばは かえられます(たてものと へやは かえられません)。',
  'mine.text_of': '{field}に かく こと',
  'mine.help.phone': 'たとえば 03-0000-0000',
  'mine.help.contact': 'たとえば げつようびから きんようびの よる 6じから 8じに でんわで',
  'mine.help.languages': 'たとえば にほんご、えいご',
  'mine.help.skills': 'たとえば けがの てあて、くるまいすの てつだい',
  'mine.help.message': '500もじまで。ほかの ひとの ことは かかないで ください。',
  'mine.preview': 'かいちょうに わたす もの',
  'mine.preview_none': 'えらぶと、わたす ものが ここに でます。',
  'mine.agree': 'うえの ことを {council}の かいちょうに わたして よいです',
  'mine.agree_missing': 'よい ときは、ここに しるしを つけて ください。',
  'mine.nothing': 'つたえる ことを ひとつ えらんで ください。',
  'mine.no_phone': 'でんわばんごうを すうじで かいて ください(たとえば 03-0000-0000)。',
  'mine.no_email': 'メールアドレスを かいて ください(たとえば name@example.jp)。',
  'mine.consent': 'これで よい',
  'mine.saved': 'うけとりました。',
  'mine.reload': 'いまの ことを よみこむ',
  'mine.given': 'わたした きろく',
  'mine.given_none': 'まだ だれにも わたして いません。',
  'mine.given_to': '{council} {recipient}',
  'mine.given_fields': 'わたした こと: {fields}',
  'mine.given_nothing': 'なにも わたして いません。',
  'mine.given_waiting': 'リンクは {time} まで ひらけます。それまでに やめると、わたしません。',
};
