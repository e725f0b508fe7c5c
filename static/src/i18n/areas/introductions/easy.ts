/** The texts of the page on which a registrar introduces residents in plain Japanese, without kanji. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'giving.title': 'すむ ひとを きょうぎかいに しょうかいする',
  'giving.lead':
    'よいと いった ひとだけを、よいと いった ことだけ、その ひとの きょうぎかいの かいちょうに しょうかいします。なにを わたしたかは のこり、ほんにんも みられます。',
  'giving.failed': 'しょうかいを よみこめませんでした。',
  'giving.make': 'しょうかいの かみを つくる',
  'giving.council': 'きょうぎかい',
  'giving.choose_council': 'きょうぎかいを えらんで ください',
  'giving.council_option': '{council}(よいと いった ひと {count}にん / すむ いえ {homes})',
  'giving.none':
    'きょうぎかいが きまった ひとが まだ いません。いえと すむ ひとの ページで きめると、ここに でます。',
  'giving.nobody':
    '{council}への しょうかいを よいと いった ひとは まだ いません。すむ ひとは「わたしの きょうぎかい」の ページで きめられます。',
  'giving.people': 'しょうかいする ひと',
  'giving.all': 'みんな えらぶ',
  'giving.shares': 'つたえる こと: {fields}',
  'giving.last': 'まえの しょうかい: {time}',
  'giving.never': 'まだ しょうかいして いません',
  'giving.choose_people': 'しょうかいする ひとを えらんで ください。',
  'giving.recipient': 'わたす あいて',
  'giving.recipient_help': 'たとえば かいちょうの なまえ。かみと きろくに のります。',
  'giving.how': 'わたしかた',
  'giving.how_printed': 'かみに いんさつして わたす',
  'giving.how_printed_text': 'つくった ときに「わたした」と のこします。',
  'giving.how_link': 'いちどだけ ひらける リンクを おくる',
  'giving.how_link_text':
    '14にちの あいだ、いちどだけ ひらけます。ひらいた ときに よいと いって いる ことだけが でます。ひらいた ときに「わたした」と のこします。',
  'giving.make_printed': 'いんさつする かみを つくる',
  'giving.make_link': 'リンクを つくる',
  'giving.made_printed': 'できました。いんさつして わたして ください',
  'giving.made_link': 'リンクが できました。あいてだけに おくって ください',
  'giving.link_once':
    'この リンクは いましか でません。{time} まで、いちどだけ ひらけます。あいての メールか、QRコードで わたして ください。',
  'giving.qr': 'しょうかいの リンクの QRコード',
  'giving.copy': 'リンクを コピーする',
  'giving.another': 'べつの かみを つくる',
  'giving.sheets': 'つくった もの',
  'giving.sheets_none': 'まだ つくって いません。',
  'giving.made_at': 'つくった とき',
  'giving.to': 'わたす あいて',
  'giving.state': 'いま',
  'giving.who': 'のせた ひと',
  'giving.unknown': '(めいぼに いない ひと)',
  'giving.withdrawn': 'やめました',
  'giving.withdrawn_help':
    'わたした あとに やめた ひとが います。わたした あいてに、その ひとの ぶんを すてるように いって ください。',
  'giving.until': '{time} まで',
  'giving.revoke': 'とりけす',
  'giving.revoke_title': 'リンクを とりけしますか',
  'giving.revoke_text': '{recipient}への リンクは ひらけなく なります。もどせません。',
  'giving.revoked': 'リンクを とりけしました。',
  'giving.revoke_failed': 'リンクを とりけせませんでした。',
  'giving.register': 'いえと すむ ひとの ページへ',
};
