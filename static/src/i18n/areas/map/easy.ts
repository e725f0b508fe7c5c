/** やさしい日本語: the texts of the map page. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  // The app.
  'app.map': 'ちず',
  'skip.to_list': 'ちずを とばして いちらんへ',
  'header.links': 'リンク',
  'header.open_data': 'オープンデータ',

  // Search.
  'search.label': 'ばしょや だんたいを さがす',
  'search.placeholder': 'なまえ・じゅうしょ',
  'search.results': 'みつかった もの',
  'search.running': 'さがして います…',
  'search.none': '「{text}」は みつかりませんでした。ほかの ことばで さがして ください。',
  'search.count': '{count}こ みつかりました。うえと したの やじるしで えらべます。',
  'search.former_name': 'まえの なまえ: {text}',

  // Panel and tabs.
  'panel.label': 'ちずの なかみ',
  'panel.tabs': 'みかたを かえる',
  'panel.raise': 'パネルを ひろげる',
  'panel.lower': 'パネルを ちいさくする',
  'tab.layers': 'えらぶ',
  'tab.list': 'いちらん',
  'tab.detail': 'くわしく',

  // Layers.
  'group.walking': 'あるく',
  'group.community': 'まちの ひと',
  'group.disaster': 'ぼうさい',
  'group.town': 'まち',
  'group.areas': 'くいき',
  'layers.loading': 'よみこんで います…',
  'layers.failed': 'ちずの なかみを よみこめませんでした。',
  'layers.none': 'みせる ものが まだ ありません。',
  'layers.stale': '{time}から つながりません。ふるい じょうほうかも しれません。',
  'layers.show_all': 'ぜんぶ みせる',
  'layers.hide_all': 'ぜんぶ けす',
  'layers.show_group': 'ぜんぶ みせる: {group}',
  'layers.hide_group': 'ぜんぶ けす: {group}',
  'layers.sample_sign': 'きいろい てんの しるしは みほんです',
  'layer.about': '「{layer}」の せつめい',
  'layer.loading': 'よみこんで います…',
  'layer.failed': '「{layer}」を よみこめませんでした。',
  'layer.cut': 'おおいので すこしだけ みせて います。ちずを おおきく すると ぜんぶ みえます。',
  'layer.fit': 'ぜんぶを ちずで みる',
  'layer.signs': 'しるしの いみ',
  'layer.downloads': 'ダウンロード',
  'layer.download': '「{layer}」を {format}で ダウンロード',
  'layer.datasets': 'どこの じょうほうか',
  'layer.no_datasets': 'どこの じょうほうか わかりません。',
  'legend.shelter_both': 'にげる ところ・とまる ところ りょうほう',
  'count.features': '{count}こ',

  // Freshness.
  'dataset.source': 'つくった ところ',
  'dataset.licence': 'つかう きまり',
  'dataset.attribution': 'かく なまえ',
  'dataset.steward': 'たんとう',
  'dataset.count': 'かず',
  'dataset.vanished': 'いまは ない もの',

  // List.
  'list.form': 'いちらんの ならべかた',
  'list.filter': 'ことばで しぼる',
  'list.sort': 'ならべかた',
  'list.by_name': 'なまえ',
  'list.by_centre': 'ちずの まんなかから ちかい',
  'list.by_me': 'いま いる ところから ちかい',
  'list.in_view': 'ちずに みえて いる ものだけ',
  'list.count': 'ぜんぶで {count}こ',
  'list.no_layers': 'なにも えらんで いません。「えらぶ」で えらんで ください。',
  'list.none': 'まだ ありません。',
  'list.none_found': 'あう ものが ありません。',
  'list.more': 'つぎの {count}こを みる(のこり {rest}こ)',
  'duration.min': '{minutes}ふん くらい',

  // Details.
  'detail.none': 'ちずか いちらんで えらぶと、ここで くわしく みられます。',
  'detail.loading': 'よみこんで います…',
  'detail.failed': 'くわしい ことを よみこめませんでした。',
  'detail.missing_title': 'みつかりません',
  'detail.missing': 'この ばしょは もう ないか、まだ みられません。いちらんで さがして ください。',
  'detail.close': 'とじる',
  'detail.show_on_map': 'ちずで みる',
  'detail.facts': 'くわしい こと',
  'detail.sources': 'どこの じょうほうか',
  'flag.unsaid': '- わかりません',
  'route.stops': 'よる ところ({count}つ)',
  'stop.steps': 'コースを すすむ',
  'stop.back_to_route': 'コース: {route}',
  'stop.of': '{number} / {count}',
  'stop.previous': 'まえ',
  'stop.next': 'つぎ',

  // Sharing and tools.
  'tools.title': 'この ちずを つかう',
  'tools.print': 'いんさつ',
  'share.copy_link': 'リンクを コピー',
  'share.copy_embed': 'ホームページに いれる コードを コピー',
  'print.made': '{time}に つくりました',
  'print.more': 'ほかに {count}こ',
  'embed.legend': 'しるしの いみ',
  'embed.open': 'おおきな ちずで みる',

  // Map.
  'map.region': 'ちず',
  'map.label': 'ちず。「いちらん」でも みられます。',
  'map.keys': 'やじるしで うごきます。プラスと マイナスで おおきさを かえます。',
  'map.controls': 'ちずを うごかす',
  'map.locate': 'いま いる ところ',
  'map.reset': 'ぜんたいを みる',
  'map.zoom_in': 'おおきく',
  'map.zoom_out': 'ちいさく',
  'map.cut': 'すこしだけ みせて います。おおきく すると ぜんぶ みえます: {layers}',
  'map.layers_failed': 'よみこめませんでした: {layers}',
  'map.see_layers': 'みる',
  'map.failed': 'ちずを よみこめませんでした。いちらんは つかえます。',
  'base.outlines': 'うしろの ちず: くの かたち',
  'base.failed': 'うしろの ちずが よみこめません。',
  'attribution.more': 'どこの じょうほうか',

  // Where am I.
  'locate.found': 'いま いる ところです({metres} m くらい ちがう ことが あります)。',
  'locate.outside': 'いま いる ところは くの そとです。ちずは うごきません。',
  'locate.refused':
    'いま いる ところを しらべられません。ブラウザーの せっていで「いちじょうほう」を ゆるして ください。',
  'locate.timeout': 'じかんが かかりすぎました。そとに でて、もういちど おして ください。',
  'locate.unavailable':
    'いま いる ところが わかりません。スマホの「いちじょうほう」を つけて ください。',
  'locate.unsupported': 'この きかいでは いま いる ところを しらべられません。',

  // Errors.
  'error.settings': 'せっていを よみこめませんでした。',
};
