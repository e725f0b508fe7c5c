/** The texts of one's own council in plain Japanese, without kanji. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'council.title': 'わたしの きょうぎかい',
  'council.lead':
    'きょうぎかいは、じしんや みずの さいがいの ときに たすけあう、きんじょの ひとの あつまりです。さいがいの ための じゅうたくに すむ しょくいんは、きょうぎかいを てつだいます。',
  'council.failed': 'きょうぎかいの ことを よみこめませんでした。',

  // How it stands.
  'council.no_home': 'さいがいの ための じゅうたくに すむ しょくいんの ページです',
  'council.no_home_text': 'あなたが すんで いるという きろくが ありません。',
  'council.no_home_ask':
    'すんで いるのに みえない ときは、じゅうたくの たんとうの ひとに きいて ください。',
  'council.support': 'きく ところが わからない とき: {contact}',
  'council.registrar': 'さいがいの ための いえの たんとう',
  'council.registrar_text': 'いえや きょうぎかいの ことは、ここに きいて ください。',
  'council.waiting': 'あなたの きょうぎかいは まだ きまって いません',
  'council.waiting_text':
    'たんとうの ひとが、すんで いる ばしょを みて きめます。きまると、この ページに なまえと あつまる ばしょが でます。',
  'council.waiting_ask':
    'いそぐ ときは、じゅうたくの たんとうの ひとに きいて ください。さいがいが おきたら、くやくしょの いうことを きいて ください。',

  // Without a network, and what is kept.
  'council.offline_none':
    'でんぱが ないので、みられません。この スマホや パソコンに いれた ものも ありません。',
  'council.offline_next':
    'つぎに でんぱの ある ところで「この スマホや パソコンに いれる」を つかうと、でんぱが なくても みられます。',
  'council.saved_at': '{time} に いれた ものです。',
  'council.signed_out': 'サインインが きれました。サインインすると あたらしく なります。',
  'council.keep_title': 'でんぱが ない ときの ために',
  'council.keep': 'この スマホや パソコンに いれる',
  'council.keep_what':
    'いれる もの: この ページの こと(すまいの なまえと じゅうしょ、きょうぎかい、あつまる ばしょ、みち、れんらくさき)と ちず。ほかの ひとが よめない かたちに します。あなただけに みせます。',
  'council.keep_open':
    'いれると、でんぱが なくても、サインインしなくても みられます。がめんに ロックを かけて ください。ほかの ひとと つかう ものには いれないで ください。',
  'council.keep_erased':
    'スイッチを きった とき、サインアウトした とき、じゅうたくを でた あとに きえます。でんぱの ある ところで ひらくと あたらしく なります。',
  'council.keep_cannot':
    'この ブラウザーには いれられません。ふつうの ウィンドウで ひらくか、かみに いんさつして ください。',
  'council.keep_failed':
    'いれられませんでした。でんぱの ある ところで もういちど ためして ください。',
  'council.erase_title': 'いれた ものを けしますか',
  'council.erase_text':
    'いま みて いるのは いれた ものです。けすと、でんぱの ある ところで サインインするまで みられません。',
  'council.erase_yes': 'けす',
  'council.erase_failed':
    'けせませんでした。もういちど ためすか、ブラウザーの せっていで この サイトの データを けして ください。',
  'council.kept': 'いれました。',
  'council.erased': 'けしました。',

  // The council.
  'council.yours': 'あなたの きょうぎかい',
  'council.since': '{day}から',
  'council.home': 'あなたの すまい',
  'council.housing': 'たてもの',
  'council.unit': 'へや',
  'council.address': 'じゅうしょ',
  'council.home_from': 'はいった ひ',
  'council.home_until': 'でる ひ',
  'council.muster': 'あつまる ところ(よびかけの とき)',
  'council.muster_text':
    'よびかけられた ときに いく ところです。きょうぎかいの あつまる ところとは べつです。',
  'council.muster_map': 'ちずで みる',
  'council.meet': 'あつまる ばしょ',
  'council.meet_none': 'あつまる ばしょは まだ わかりません。きょうぎかいに きいて ください。',
  'council.meet_shelter': 'ひなんじょと ちがう ことが あります。',
  'council.way': 'あつまる ばしょまでの みち',
  'council.way_none': 'みちは わかりません。ちずで ばしょを みて ください。',
  'council.way_walk': 'あるく みち',
  'council.way_minutes': 'あるいて やく{minutes}ふん',
  'council.way_crossings': 'みちを わたる: {count}かい',
  'council.way_stairs': 'かいだん: {count}かしょ',
  'council.way_no_stairs': 'かいだん なし',
  'council.way_step_free': 'かいだんの ない みち',
  'council.way_step_free_none': 'かいだんの ない みちは わかって いません。',
  'council.way_same': 'うえの みちと おなじです。',
  'council.way_straight':
    'みちが わからない ところは、まっすぐ はかりました。ほんとうは もっと とおいです。',
  'council.way_note':
    'じかんは 1ぷんに 80 m で かぞえました。さいがいの ときは とおれない みちが あります。まわりを みて、あぶなくない みちを とおって ください。',
  'council.contact': 'れんらくさき',
  'council.contact_none': 'れんらくさきは まだ わかりません。',
  'council.contact_person': 'たんとうの ひと',
  'council.call': 'でんわを かける: {number}',
  'council.mail': 'メールを かく: {address}',
  'council.call_council': 'きょうぎかいの でんわ: {number}',
  'council.page': 'きょうぎかいの ページ',
  'council.shelters': 'きょうぎかいの ひなんじょ',
  'council.shelters_none': 'まだ わかりません。',
  'council.members': 'きょうぎかいに はいって いる だんたい',
  'council.members_none': 'まだ わかりません。',
  'council.not_on_map': '(ちずには ありません)',

  // What is expected.
  'council.expected': 'あなたに して ほしい こと',
  'council.before': 'いつも',
  'council.before_place': 'あつまる ばしょまで あるいて みる',
  'council.before_hello': 'きょうぎかいの ひとに あいさつする。くんれんに いく',
  'council.before_contact': 'じぶんの でんわばんごうなどが かわったら、くやくしょに いう',
  'council.before_stock': 'みずと たべものを よういする(3にちぶん、できれば 7にちぶん)',
  'council.during': 'さいがいが おきたら',
  'council.during_safe': 'まず、じぶんと かぞくを まもる',
  'council.during_tell': 'だいじょうぶか どうか、くやくしょに しらせる',
  'council.during_go': 'くやくしょが いった ばしょに いく(きょうぎかいで ない ことも あります)',
  'council.during_help': 'できる ときに、きょうぎかいを てつだう',
  'council.precedence':
    'これは きまりでは ありません。わかりやすく まとめた ものです。くやくしょの けいかくや いうことが ちがう ときは、くやくしょの ほうを まもって ください。',

  // The map.
  'council.map': 'ちず',
  'council.map_same': 'ちずの ばしょと みちの ことは、この ページの ぶんにも かいて あります。',
  'council.map_failed': 'ちずを よみこめませんでした。',
  'council.map_area': 'きょうぎかいの ばしょの はんい',

  // On paper.
  'council.paper': 'かみで もって おく',
  'council.paper_what':
    'A4の かみ 1まいに、メモと、さいふに はいる カードを いんさつします。すまいの じゅうしょは いんさつしません。',
  'council.print': 'いんさつする',
  'council.paper_way': 'みち',
  'council.paper_shelters': 'ひなんじょ',
  'council.paper_made': '{time} の ないようです',
  'council.paper_cut': 'かどの しるしで きって、さいふに いれて ください。',
};
