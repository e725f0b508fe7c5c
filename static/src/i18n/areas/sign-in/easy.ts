/** やさしい日本語: the texts of the sign-in page. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'sign_in.title': 'サインイン',
  'sign_in.lead': 'しょくいんの ひとの ページです。ちずは サインインしなくても みられます。',
  'sign_in.number': 'しょくいん ばんごう',
  'sign_in.number_help': 'めいぼに ない ひとは、アカウントの なまえを かいて ください。',
  'sign_in.password': 'パスワード',
  'sign_in.submit': 'サインイン',
  'sign_in.wrong': 'ばんごうか パスワードが ちがいます。もういちど かいて ください。',
  'sign_in.forgotten':
    'パスワードを わすれた ひとと はじめての ひとは、かかりの ひとに あたらしい リンクを もらって ください。',
  'sign_in.contact': 'きく ところ: {contact}',
  'sign_in.sso': '{name}で サインイン',
  'sign_in.or_password': 'または、パスワードで サインイン',
  'sign_in.already': '{name}さんで サインインして います。',
  'sign_in.go_on': 'つぎへ',

  // The demo.
  'sign_in.personas': 'みほんの ひとで サインイン',
  'sign_in.personas_lead': 'みほんの データだけです。パスワードは いりません。',
  'persona.staff': 'しょくいん',
  'persona.staff_can': 'じぶんの アカウントを みます。じぶんの ことを みた ひとも わかります。',
  'persona.resident': 'さいがいの ための いえに すむ しょくいん',
  'persona.resident_can': 'しょくいんと おなじ ことが できます。',
  'persona.trainer': 'けんしゅうの かかり',
  'persona.trainer_can': 'まちあるきの コースと けんしゅうの かかりです。',
  'persona.reviewer': 'コースを たしかめる かかり',
  'persona.reviewer_can': 'ほかの ひとが つくった コースを たしかめて、みんなに みせます。',
  'persona.manager': 'じょうし',
  'persona.manager_can':
    'じぶんの かの しょくいんを みて、まとめる ひとを きめて、まちあるきに すいせんします。',
  'persona.hr': 'じんじの かかり',
  'persona.hr_can': 'めいぼを なおし、やくわりを きめます。',
  'persona.registrar': 'いえの かかり',
  'persona.registrar_can': 'さいがいの ための いえの かかりです。',
  'persona.editor': 'ちずを なおす ひと',
  'persona.editor_can': 'ちずの データを いれて、ばしょを なおします。',
  'persona.admin': 'システムの かかり',
  'persona.admin_can': 'アカウントと せっていの かかりです。なまえは みえません。',
};
