/** やさしい日本語: the texts of the settings page. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'settings.title': 'せってい',
  'settings.lead': 'かえると すぐに つかえます。きろくも のこります。',
  'settings.failed': 'せっていを よめませんでした。',
  'settings.support': 'きく ところ',
  'settings.support_help': 'サインインの ページに でます。かの なまえと でんわを かいて ください。',
  'settings.support_contact': 'にほんご',
  'settings.support_contact_en': 'えいご',
  'settings.registrar': 'さいがいの ための いえの たんとう',
  'settings.registrar_help':
    '「わたしの きょうぎかい」と、かいちょうの ひらく ページに でます。なにも ない ときは、うえの といあわせさきが でます。300もじまで。',
  'settings.registrar_contact': 'たんとうの れんらくさき(にほんご)',
  'settings.registrar_contact_en': 'たんとうの れんらくさき(えいご)',
  'settings.routes': 'コースを みんなに みせるとき',
  'settings.routes_help': 'コースの データを つかう きまりです。つぎに みせる ときから つきます。',
  'settings.route_licence': 'つかう きまり',
  'settings.route_licence_url': 'きまりの アドレス',
  'settings.sessions': 'サインイン',
  'settings.session_idle_hours': 'つかわないと おわる じかん',
  'settings.session_absolute_hours': 'つかって いても おわる じかん',
  'settings.activation_days': 'リンクを つかえる ひ',
  'settings.range': '{least}から {most}まで。はじめは {default}です。',
  'settings.save': 'きめる',
  'settings.saved': 'せっていを きめました。',
  'settings.nothing': 'かえた ところが ありません。',
  'settings.reload': 'いまの せっていを よむ',
};
