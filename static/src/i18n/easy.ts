/**
 * やさしい日本語: short sentences, few kanji, spaces between words, for people who are learning
 * Japanese and for children. It leaves out what is not needed to act.
 */
import type { Dictionary } from '.';

export const easy: Dictionary = {
  // The app.
  'app.name': 'まちあるき',
  'demo.banner': 'みほんの データです。ほんとうの ひなんには つかわないで ください。',
  'sample.badge': 'みほん',
  'language.label': 'ことば / Language',
  'language.later':
    'インターネットに つながらないので、いまは ことばを かえられません。つながる ところで つぎに ひらくと かわります。',
  'text.separator': '、',
  'link.new_tab': '(あたらしい タブで ひらきます)',

  // Fiscal years.
  'fiscal_year.name': '{year}ねんど(れいわ{era})',

  // Freshness.
  'freshness.as_of': '{day}の じょうほう',
  'freshness.confirmed': '{day}に たしかめました',
  'freshness.overdue': 'あたらしく する やくそくの ひを すぎて います',
  'freshness.overdue_since': 'ふるい じょうほうです({day}までに なおす やくそくでした)',
  'freshness.unknown': 'いつの じょうほうか わかりません',
  'freshness.empty': 'まだ ありません',

  // List.
  'distance.m': '{value} m',
  'distance.km': '{value} km',

  // Details.
  'feature.unnamed': '(なまえ なし)',
  'feature.retired': 'いまは ない',
  'flag.yes': '○ はい',
  'flag.no': '× いいえ',
  'stop.number': '{number}ばん',

  // Sharing and tools.
  'share.copied': 'コピーしました。',
  'share.copy_by_hand': 'コピーできませんでした。この もじを コピーして ください: {text}',

  // Map.
  'map.cluster': '{count}この あつまり。えらぶと おおきく なります。',

  // Errors.
  'action.retry': 'もういちど',
  'action.dismiss': 'とじる',
  'error.offline': 'つながりません。でんぱを たしかめて ください。',
  'error.timeout': 'じかんが かかりすぎて います。すこし まって ください。',
  'error.missing': 'みつかりませんでした。',
  'error.busy': 'こんで います。1ぷん まって、もういちど おして ください。',
  'error.server':
    'サーバーで こまった ことが おきました。つづく ときは くやくしょに いって ください。',
  'error.unreadable': 'うまく よめませんでした。ページを もういちど ひらいて ください。',
  'error.number': ' (ばんごう {id})',

  // The frame of each page.
  'skip.to_main': 'なかみへ いく',
  'leaving.title': 'おくっていない きろくが あります',
  'leaving.text':
    'おくっていない きろくが {count} あります。サインアウトすると、つぎに サインインするまで おくりません。',
  'bell.label': 'おしらせ',
  'bell.unread': 'おしらせ(まだ よんでいない もの {count}けん)',
  'menu.label': 'メニュー',
  'menu.of': 'メニュー: {name}',
  'menu.map': 'ちず',
  'menu.walk': 'あるく',
  'menu.record': 'わたしの きろく',
  'menu.council': 'わたしの きょうぎかい',
  'menu.training': 'わたしの けんしゅう',
  'menu.completion': 'けんしゅうの じょうきょう',
  'menu.coverage': 'あるいた ばしょ',
  'menu.programmes': 'けんしゅうを きめる',
  'menu.visits': 'いった きろくの かくにん',
  'menu.outings': 'みんなで あるく',
  'menu.lead': 'あるく かいの せわ',
  'menu.people': 'アカウントと やくわり',
  'menu.roster': 'しょくいんの めいぼ',
  'menu.data': 'ちずの データ',
  'menu.design': 'コースを つくる',
  'menu.edit': 'ばしょを なおす',
  'menu.housing': 'さいがいの ための いえ',
  'menu.introductions': 'すむ ひとの しょうかい',
  'menu.activations': 'あつまる よびかけ',
  'menu.gatherings': 'きょうぎかいの あつまり',
  'menu.audit': 'つかった きろく',
  'menu.retention': 'とっておく きかん',
  'menu.settings': 'せってい',
  'menu.account': 'じぶんの アカウント',
  'session.sign_in': 'サインイン',
  'session.sign_out': 'サインアウト',
  'session.signed_in_as': 'いま つかって いる ひと:',
  'session.failed': 'サインインして いるか わかりませんでした。',
  'session.going': 'サインインの ページへ いきます…',
  'update.waits': 'あたらしい ページが あります。',
  'update.go': 'あたらしくする',
  'page.loading': 'よんで います…',
  'page.closed': 'この ページは みられません。',
  'page.closed_why':
    'この ページを つかう やくわりが ありません。つかいたい ときは、じょうしに そうだんして ください。',

  // Lists and forms.
  'list.show_more': 'もっと みる',
  'form.required': 'かならず',
  'form.sending': 'おくって います…',
  'form.missing': 'かいて ください。',
  'form.check_fields': 'まちがいが あります。しるしの ある ところを なおして ください。',
  'password.show': '{label}の もじを みる',
  'dialog.no': 'やめる',

  // Failures of what is sent.
  'error.signed_out': 'サインインの じかんが おわりました。もういちど サインインして ください。',
  'error.forbidden': 'できませんでした。ページを もういちど ひらいて ください。',
  'error.invalid': 'このままでは できません。かいた ことを たしかめて ください。',
  'error.conflict': 'いまは できません。ページを もういちど ひらいて ください。',
  'error.changed': 'ほかの ひとが さきに かえました。ページを もういちど ひらいて ください。',
};
