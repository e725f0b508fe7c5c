/** やさしい日本語: the texts of activations that every page has, without kanji. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'activation.drill': 'くんれん',
  'activation.real': 'ほんばん',
  'activation.marked': '【{kind}】{title}',
  'activation.drill_what': 'これは くんれん(れんしゅう)です。',
  'activation.real_what': 'くんれんでは ありません。',
  'activation.muster': 'あつまる ところ',
  'activation.muster_none':
    'あつまる ところは まだ きまって いません。れんらくを まって ください。',
  'activation.muster_other': '(あなたの きょうぎかいでは ありません)',
  'activation.way': 'いきかた',
  'activation.map': 'ちずで みる',
  'activation.choose': 'いまの ことを えらんで ください',
  'activation.none': 'こたえが ない',
  'activation.safe': 'だいじょうぶ',
  'activation.on_the_way': 'むかって いる',
  'activation.arrived': 'ついた',
  'activation.unable': 'いけない',
  'activation.not_yet': 'まだ こたえて いません。',
  'activation.mine': 'あなたの こたえ: {answer}({time})',
  'activation.sent': 'とどきました。かわったら、もういちど えらんで ください。',
  'activation.unsent':
    'この スマホ(パソコン)に のこしました。まだ とどいて いません。つながると おくります。',
  'activation.unsent_signed_out':
    'この スマホ(パソコン)に のこしました。サインインすると おくります。',
  'activation.failed': 'うけつけられませんでした。{reason}',
  'activation.failed_next': 'もういちど えらぶか、でんわで つたえて ください。',
  'activation.not_kept':
    'のこす ことも おくる ことも できませんでした。もういちど えらぶか、でんわで つたえて ください。',
  'activation.kept_at': '{time}に うけとった ものです(いまは つながって いません)。',
  'activation.fold': 'たたむ',
  'activation.unfold': 'ひらく',
  'activation.declared': '{time}の よびかけ',
  'activation.announce':
    '{kind}の よびかけ: {title}。{what} あつまる ところ: {muster}。いまの ことを えらんで ください。',
};
