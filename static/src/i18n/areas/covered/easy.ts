import type { ja } from './ja';

/** The texts of where walks went, in やさしい日本語. */
export const easy: Record<keyof typeof ja, string> = {
  'covered.title': 'あるいた ばしょ',
  'covered.lead':
    'どの ばしょに なんかい ひとが きたかを みます。だれが きたかは わかりません。1かいから 4かいの ときは 「すこし」と かきます。',
  'covered.failed': 'よみこめませんでした。',
  'covered.year': 'さいごの ねんど',
  'covered.kind': 'ばしょの しゅるい',
  'covered.figure': 'かぞえる もの',
  'covered.order': 'ならべかた',
  'covered.localities': 'まち',
  'covered.councils': 'ぼうさいの あつまり',
  'covered.organisations': 'まちの だんたい',
  'covered.routes': 'コース',
  'covered.walks': 'あるいた かず',
  'covered.completed': 'おわった かず',
  'covered.visits': 'よった かず',
  'covered.most': 'おおい じゅん',
  'covered.least': 'すくない じゅん',
  'covered.by_name': 'なまえの じゅん',
  'covered.name': 'なまえ',
  'covered.few': 'すこし',
  'covered.none': 'この しゅるいの ばしょは まだ ありません。',
  'covered.nobody': 'この ねんどは まだ だれも あるいていません。',
  'covered.unvisited': '{year}ねんどに だれも こなかった ばしょ: {count} / {all}',
  'covered.map': 'あるいた ばしょの ちず',
  'covered.map_key':
    'まるが おおきいほど おおいです。てんせんの まるは まだ だれも きていません。おなじ ことが したの ひょうに あります。',
  'covered.on_map': 'ちずで みる',
  'covered.table': 'ねんどごとの かず',
  'covered.design': 'コースを つくる',
};
