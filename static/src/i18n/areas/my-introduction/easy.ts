/** The texts of one's own introduction in plain Japanese, without kanji. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'my_introduction.title': 'きょうぎかいの かいちょうに あなたを しょうかいする',
  'my_introduction.lead':
    '{council}の かいちょうに、あなたの ことを しって もらえます。するか しないか、なにを つたえるかは、あなたが きめます。しなくても だいじょうぶです。',
  'my_introduction.how_1': 'つたえる ことを えらびます。えらばない ことは、わたしません。',
  'my_introduction.how_2':
    'さいがいの ための いえの たんとうが、かみか、いちどだけ ひらける リンクで わたします。わたすと、したに かきます。',
  'my_introduction.how_3':
    'いつでも やめられます。もう わたした ものは もどせませんが、そのあとは わたしません。きょうぎかいが かわった ときと、いえを でた ときは、おわります。',
  'my_introduction.failed': 'しょうかいを よみこめませんでした。',
  'my_introduction.begin': 'つたえる ことを えらぶ',
  'my_introduction.change': 'かえる',
  'my_introduction.cancel': 'もどる',
  'my_introduction.consented': 'しょうかいして よいと きめて います({time} から)',
  'my_introduction.consented_text':
    'かいちょうに わたすのは これだけです。{council}だけに わたします。',
  'my_introduction.withdraw': 'しょうかいを やめる',
  'my_introduction.withdraw_title': 'しょうかいを やめますか',
  'my_introduction.withdraw_text':
    'これからは わたしません。まだ ひらかれて いない リンクからも なくなります。もう わたした ものは もどせません。すてて ほしい ときは、さいがいの ための いえの たんとうに いって ください。',
  'my_introduction.withdrawn': 'しょうかいを やめました。',
  'my_introduction.withdraw_failed': 'やめられませんでした。',
  'my_introduction.choose': 'つたえる こと',
  'my_introduction.choose_help':
    'えらんだ ことだけを わたします。ことばは かえられます(たてものと へやは かえられません)。',
  'my_introduction.text_of': '{field}に かく こと',
  'my_introduction.help.phone': 'たとえば 03-0000-0000',
  'my_introduction.help.contact':
    'たとえば げつようびから きんようびの よる 6じから 8じに でんわで',
  'my_introduction.help.languages': 'たとえば にほんご、えいご',
  'my_introduction.help.skills': 'たとえば けがの てあて、くるまいすの てつだい',
  'my_introduction.help.message': '500もじまで。ほかの ひとの ことは かかないで ください。',
  'my_introduction.preview': 'かいちょうに わたす もの',
  'my_introduction.preview_none': 'えらぶと、わたす ものが ここに でます。',
  'my_introduction.agree': 'うえの ことを {council}の かいちょうに わたして よいです',
  'my_introduction.agree_missing': 'よい ときは、ここに しるしを つけて ください。',
  'my_introduction.nothing': 'つたえる ことを ひとつ えらんで ください。',
  'my_introduction.no_phone': 'でんわばんごうを すうじで かいて ください(たとえば 03-0000-0000)。',
  'my_introduction.no_email': 'メールアドレスを かいて ください(たとえば name@example.jp)。',
  'my_introduction.consent': 'これで よい',
  'my_introduction.saved': 'うけとりました。',
  'my_introduction.reload': 'いまの ことを よみこむ',
  'my_introduction.given': 'わたした きろく',
  'my_introduction.given_none': 'まだ だれにも わたして いません。',
  'my_introduction.given_to': '{council} {recipient}',
  'my_introduction.given_fields': 'わたした こと: {fields}',
  'my_introduction.given_nothing': 'なにも わたして いません。',
  'my_introduction.given_waiting':
    'リンクは {time} まで ひらけます。それまでに やめると、わたしません。',
};
