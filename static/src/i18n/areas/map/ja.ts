/** 日本語: the texts of the map page. */
export const ja = {
  // The app.
  'app.map': '地図',
  'skip.to_list': '地図を飛ばして一覧へ',
  'header.links': '関連リンク',
  'header.open_data': 'オープンデータ',

  // Search.
  'search.label': '場所や団体を探す',
  'search.placeholder': '名前・よみ・住所',
  'search.results': '検索結果',
  'search.running': '探しています…',
  'search.none': '「{text}」は見つかりませんでした。別のことばや、よみで探してください。',
  'search.count': '{count}件見つかりました。上下の矢印キーで選べます。',
  'search.former_name': '旧称: {text}',

  // Panel and tabs.
  'panel.label': '地図の内容',
  'panel.tabs': '表示の切り替え',
  'panel.raise': 'パネルを広げる',
  'panel.lower': 'パネルをたたむ',
  'tab.layers': 'レイヤー',
  'tab.list': '一覧',
  'tab.detail': '詳細',

  // Layers.
  'group.walking': '歩く',
  'group.community': '地域',
  'group.disaster': '防災',
  'group.town': 'まち',
  'group.areas': '区域',
  'layers.loading': 'レイヤーを読み込んでいます…',
  'layers.failed': 'レイヤーの一覧を読み込めませんでした。',
  'layers.none': '表示できるレイヤーがまだありません。',
  'layers.stale': '{time}からサーバーにつながりません。古い情報を表示しているかもしれません。',
  'layers.show_all': 'すべて表示',
  'layers.hide_all': 'すべて消す',
  'layers.show_group': 'すべて表示: {group}',
  'layers.hide_group': 'すべて消す: {group}',
  'layers.sample_sign': '黄色い点の付いた記号は見本です',
  'layer.about': '「{layer}」の説明・出典・ダウンロード',
  'layer.loading': '読み込んでいます…',
  'layer.failed': '「{layer}」を読み込めませんでした。',
  'layer.cut': '数が多いため一部だけを表示しています。地図を拡大するとすべて表示します。',
  'layer.fit': 'この範囲を地図に表示',
  'layer.signs': '記号の意味',
  'layer.downloads': 'ダウンロード',
  'layer.download': '「{layer}」を{format}でダウンロード',
  'layer.datasets': '出典',
  'layer.no_datasets': '出典の記録がありません。',
  'legend.shelter_both': '避難場所と避難所の両方',
  'count.features': '{count}件',

  // Freshness.
  'dataset.source': '提供元',
  'dataset.licence': '利用条件',
  'dataset.attribution': '出典の表示',
  'dataset.steward': '担当',
  'dataset.count': '件数',
  'dataset.vanished': '最新の資料にないもの',

  // List.
  'list.form': '一覧の絞り込みと並べ替え',
  'list.filter': 'ことばで絞り込む',
  'list.sort': '並べ方',
  'list.by_name': '名前順',
  'list.by_centre': '地図の中心から近い順',
  'list.by_me': '現在地から近い順',
  'list.in_view': '地図に見えている範囲だけ',
  'list.count': '全部で{count}件',
  'list.no_layers': 'レイヤーが選ばれていません。「レイヤー」で選んでください。',
  'list.none': 'このレイヤーにはまだ何もありません。',
  'list.none_found': '条件に合うものがありません。',
  'list.more': '次の{count}件を表示(残り{rest}件)',
  'duration.min': '約{minutes}分',

  // Details.
  'detail.none': '地図の記号か一覧から選ぶと、ここに詳しい内容を表示します。',
  'detail.loading': '読み込んでいます…',
  'detail.failed': '詳細を読み込めませんでした。',
  'detail.missing_title': '見つかりません',
  'detail.missing':
    'リンクの場所は、なくなったか、まだ公開されていません。一覧や検索から探してください。',
  'detail.close': '詳細を閉じる',
  'detail.show_on_map': '地図で見る',
  'detail.facts': '項目',
  'detail.sources': 'この情報の出典',
  'flag.unsaid': '- 記載なし',
  'route.stops': '立ち寄り点({count}か所)',
  'stop.steps': 'コースの中の移動',
  'stop.back_to_route': 'コース: {route}',
  'stop.of': '{number} / {count}',
  'stop.previous': '前',
  'stop.next': '次',

  // Sharing and tools.
  'tools.title': 'この地図を使う',
  'tools.print': '印刷',
  'share.copy_link': 'リンクをコピー',
  'share.copy_embed': '埋め込みコードをコピー',
  'print.made': '{time} 作成',
  'print.more': 'ほか{count}件',
  'embed.legend': '凡例',
  'embed.open': '大きな地図で見る',

  // Map.
  'map.region': '地図',
  'map.label': '地図。同じ内容を「一覧」でも見られます。',
  'map.keys': '矢印キーで動かし、プラスとマイナスで拡大・縮小します。',
  'map.controls': '地図の操作',
  'map.locate': '現在地を表示',
  'map.reset': '区全体を表示',
  'map.zoom_in': '拡大',
  'map.zoom_out': '縮小',
  'map.cut': '一部だけを表示しています。拡大するとすべて見えます: {layers}',
  'map.layers_failed': '読み込めませんでした: {layers}',
  'map.see_layers': '確認する',
  'map.failed': '地図を読み込めませんでした。一覧は使えます。',
  'base.outlines': '背景: 区の輪郭',
  'base.failed': '背景地図につながりません。',
  'attribution.more': '出典',

  // Where am I.
  'locate.found': '現在地を表示しました(誤差 約{metres} m)。',
  'locate.outside': '現在地は区の外にあります。地図は動かしません。',
  'locate.refused':
    '位置情報が許可されていません。ブラウザーの設定で、このサイトの位置情報を許可してから、もう一度押してください。',
  'locate.timeout':
    '現在地を時間内に調べられませんでした。空の見える場所で、もう一度試してください。',
  'locate.unavailable': '現在地が分かりませんでした。端末の位置情報がオンか確かめてください。',
  'locate.unsupported': 'この端末や接続では現在地を使えません。',

  // Errors.
  'error.settings': '設定を読み込めませんでした。',
} as const;
