/** The texts of the questions before and after a training in plain Japanese, without kanji. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'survey.before': 'あるく まえの アンケート',
  'survey.after': 'あるいた あとの アンケート',
  'survey.count': 'しつもん {count}・こたえなくても いいです',
  'survey.answered': 'こたえました',
  'survey.waiting': 'まだ おくっていません',
  'survey.not_answered': 'まだ こたえていません',
  'survey.purpose':
    'あるく まえと あとで、まちの ことが どのくらい かわるかを しりたいです。コースや けんしゅうを よくするために ききます。',
  'survey.voluntary':
    'こたえなくても いいです。こたえなくても、けんしゅうや しごとの ひょうかは かわりません。こたえたくない しつもんは「こたえない」の ままに してください。',
  'survey.who_sees':
    'あなたの こたえは、じんじの ひとも みません。みるのは、5にん いじょうを まとめた かずだけです。あなたは {until}まで じぶんの こたえを みることが できます。そのあとは、だれの こたえか、だれにも わかりません。',
  'survey.scale': '1(まったく ちがう)から 5(とても そのとおり)',
  'survey.least': '1 まったく ちがう',
  'survey.most': '5 とても そのとおり',
  'survey.none': 'こたえない',
  'survey.send': 'こたえを おくる',
  'survey.send_again': 'こたえを かえる',
  'survey.again': '{until}まで、なんどでも こたえなおせます。さいごの こたえだけが のこります。',
  'survey.again_before':
    'あるきはじめるまで、なんどでも こたえなおせます。さいごの こたえだけが のこります。',
  'survey.kept': 'こたえを この きかいに のこしました。でんぱが あるときに おくります。',
  'survey.sent': 'こたえを おくりました。ありがとうございます。',
  'survey.send_failed': 'こたえを おくれませんでした。',
  'survey.too_late':
    'この アンケートは、まだ あるいていない ひとに きいています。あなたは もう あるいたので、こたえなくて いいです。けんしゅうを つづけてください。',
  'survey.too_late_answered':
    'もう あるいたので、まえの こたえは かえられません。けんしゅうが おわったら、もういちど ききます。',
  'survey.closed': 'この ねんどの アンケートは おわりました。',
  'survey.failed': 'アンケートを よみこめませんでした。',
  'survey.offline':
    'いまは でんぱが ないので、けんしゅうの ようすを だせません。アンケートは でんぱが なくても こたえられます。',
  'survey.offline_none': 'いまは でんぱが ないので、けんしゅうの ようすを だせません。',
  'survey.cannot_keep':
    'この ブラウザーでは、でんぱが ないときに こたえを のこせません。でんぱが あるときに こたえてください。',

  'questions.title': 'まえと あとの アンケート',
  'questions.lead':
    'あるく まえと おわった あとに、おなじ しつもんを します(1から 5、10こまで)。ねんどが はじまると かえられません。だれの こたえかは、じんじの ひとにも わかりません。',
  'questions.none': 'アンケートは しません。',
  'questions.usual': 'いつもの しつもんを いれる',
  'questions.usual_failed': 'いつもの しつもんを よみこめませんでした。',
  'questions.add': 'しつもんを ふやす',
  'questions.one': 'しつもん{number}',
  'questions.about': 'なんの しつもんか',
  'questions.knowledge': 'しっていること',
  'questions.attachment': 'まちが すきな こと',
  'questions.ja': 'しつもん{number}(にほんご)',
  'questions.en': 'しつもん{number}(えいご)',
  'questions.easy': 'しつもん{number}(やさしい にほんご)',
  'questions.help': '「…できる」「…と かんじる」のような ぶんに します。',
  'questions.up': 'しつもん{number}を うえへ',
  'questions.down': 'しつもん{number}を したへ',
  'questions.remove': 'しつもん{number}を けす',
  'questions.removed': 'しつもんを けしました。',
  'questions.words': '{count}(しっていること {knowledge}・すきな こと {attachment})',
  'questions.words_none': 'ありません',

  'change.title': 'まえと あとの アンケート',
  'change.failed': 'アンケートの けっかを よみこめませんでした。',
  'change.none': 'この けんしゅうでは アンケートを していません。',
  'change.no_programme': 'この ねんどに はじまっている けんしゅうは ありません。',
  'change.lead':
    'まえと あとの りょうほうに こたえた ひと(くみ)の へいきんです(1から 5)。まち ぜんぶの かずだけを だします。だれの こたえかは だしません。{count}くみから だします。{count}くみ ふえると、1にちに 1かい あたらしく します。',
  'change.limits':
    'こたえるかは じゆうで、コースは じぶんで えらんでいます。こたえた ひとと こたえなかった ひとは、もともと ちがうかもしれません。けんしゅうだけで かわったとは いえません。',
  'change.too_few':
    'まだ {count}くみに ならないので、だしません。まえと あとの りょうほうに こたえた ひとが {count}にんに なると、つぎの ひに だします。',
  'change.topic_knowledge': 'しっていることの かわりかた',
  'change.topic_attachment': 'まちが すきな ことの かわりかた',
  'change.by_question': 'しつもんごと',
  'change.by_route': 'コースごと(おおきく かわった じゅん)',
  'change.routes_few':
    'まだ だせる コースは ありません。あるいた ひとが {count}くみ いじょうに なって、あるいていない ひとの こたえが わからないときに だします。',
  'change.routes_note':
    'くみが すくない コースは たまたま おおきく なりやすいので、ぜんぶの へいきんに ちかづけて じゅんばんを きめています。だしている かずは、こたえの ままの へいきんです。',
  'change.all': 'みんな',
  'change.question': 'しつもん',
  'change.route': 'コース',
  'change.pairs': 'くみ',
  'change.mean_before': 'まえ',
  'change.mean_after': 'あと',
  'change.change': 'かわった かず',
  'change.range': 'たしかさの はば(95%)',
  'change.range_value': '{low} から {high}',
  'change.as_of': '{count}くみの こたえ',
  'change.hidden': 'まだ {count}くみより すくない',
  'change.year': 'ねんど',
  'change.programme': 'けんしゅう',
  'change.for_routes': 'コースごとの かわりかたを みる(アンケート)',
};
