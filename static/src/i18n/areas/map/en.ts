/** English: the texts of the map page. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  // The app.
  'app.map': 'Map',
  'skip.to_list': 'Skip the map and go to the list',
  'header.links': 'Links',
  'header.open_data': 'Open data',

  // Search.
  'search.label': 'Search places and organisations',
  'search.placeholder': 'Name or address',
  'search.results': 'Search results',
  'search.running': 'Searching…',
  'search.none': 'Nothing found for “{text}”. Try another word or a part of the name.',
  'search.count': '{count} {count|result|results}. Use the up and down arrow keys to choose.',
  'search.former_name': 'Former name: {text}',

  // Panel and tabs.
  'panel.label': 'What is on the map',
  'panel.tabs': 'Views',
  'panel.raise': 'Raise the panel',
  'panel.lower': 'Lower the panel',
  'tab.layers': 'Layers',
  'tab.list': 'List',
  'tab.detail': 'Details',

  // Layers.
  'group.walking': 'Walking',
  'group.community': 'Community',
  'group.disaster': 'Disaster readiness',
  'group.town': 'Around town',
  'group.areas': 'Areas',
  'layers.loading': 'Loading the layers…',
  'layers.failed': 'The layers could not be loaded.',
  'layers.none': 'There are no layers to show yet.',
  'layers.stale': 'No connection to the service since {time}. What you see may be out of date.',
  'layers.show_all': 'Show all',
  'layers.hide_all': 'Hide all',
  'layers.show_group': 'Show all: {group}',
  'layers.hide_group': 'Hide all: {group}',
  'layers.sample_sign': 'Symbols with a yellow dot are samples',
  'layer.about': 'About {layer}: meaning, sources, downloads',
  'layer.loading': 'Loading…',
  'layer.failed': '“{layer}” could not be loaded.',
  'layer.cut': 'Too many to show at once. Zoom in to see all.',
  'layer.fit': 'Show the whole layer on the map',
  'layer.signs': 'What the symbols mean',
  'layer.downloads': 'Download',
  'layer.download': 'Download {layer} as {format}',
  'layer.datasets': 'Where it comes from',
  'layer.no_datasets': 'No sources are recorded.',
  'legend.shelter_both': 'Both evacuation site and shelter',
  'count.features': '{count}',

  // Freshness.
  'dataset.source': 'Source',
  'dataset.licence': 'Licence',
  'dataset.attribution': 'Attribution',
  'dataset.steward': 'Steward',
  'dataset.count': 'Number',
  'dataset.vanished': 'No longer in the source',

  // List.
  'list.form': 'Filter and order the list',
  'list.filter': 'Filter by words',
  'list.sort': 'Order',
  'list.by_name': 'By name',
  'list.by_centre': 'Nearest to the map’s centre',
  'list.by_me': 'Nearest to me',
  'list.in_view': 'Only what is in view on the map',
  'list.count': '{count} in all',
  'list.no_layers': 'No layers are switched on. Choose some under “Layers”.',
  'list.none': 'This layer is still empty.',
  'list.none_found': 'Nothing matches.',
  'list.more': 'Show {count} more ({rest} left)',
  'duration.min': 'about {minutes} min',

  // Details.
  'detail.none': 'Choose something on the map or in the list to see its details here.',
  'detail.loading': 'Loading…',
  'detail.failed': 'The details could not be loaded.',
  'detail.missing_title': 'Not found',
  'detail.missing':
    'What this link points to no longer exists or is not published. Try the list or the search.',
  'detail.close': 'Close the details',
  'detail.show_on_map': 'Show on the map',
  'detail.facts': 'Facts',
  'detail.sources': 'Where this comes from',
  'flag.unsaid': '- Not stated',
  'route.stops': 'Stops ({count})',
  'stop.steps': 'Along the route',
  'stop.back_to_route': 'Route: {route}',
  'stop.of': '{number} of {count}',
  'stop.previous': 'Previous',
  'stop.next': 'Next',

  // Sharing and tools.
  'tools.title': 'Use this map',
  'tools.print': 'Print',
  'share.copy_link': 'Copy link',
  'share.copy_embed': 'Copy embed code',
  'print.made': 'Made on {time}',
  'print.more': 'and {count} more',
  'embed.legend': 'Legend',
  'embed.open': 'Open the full map',

  // Map.
  'map.region': 'Map',
  'map.label': 'Map. Everything on it is also in the list.',
  'map.keys': 'Move with the arrow keys, zoom with plus and minus.',
  'map.controls': 'Map controls',
  'map.locate': 'Show where I am',
  'map.reset': 'Show the whole ward',
  'map.zoom_in': 'Zoom in',
  'map.zoom_out': 'Zoom out',
  'map.cut': 'Only some are shown. Zoom in to see all: {layers}',
  'map.layers_failed': 'Could not be loaded: {layers}',
  'map.see_layers': 'See why',
  'map.failed': 'The map could not be loaded. The list still works.',
  'base.outlines': 'Base: ward outlines',
  'base.failed': 'Background map unreachable.',
  'attribution.more': 'Sources',

  // Where am I.
  'locate.found': 'Showing where you are (within about {metres} m).',
  'locate.outside': 'You are outside the ward, so the map stays where it is.',
  'locate.refused':
    'Location is blocked. Allow location for this site in your browser’s settings and try again.',
  'locate.timeout': 'Finding you took too long. Try again where the sky is visible.',
  'locate.unavailable': 'Your location is not available. Check that location is switched on.',
  'locate.unsupported': 'This device or connection cannot tell where you are.',

  // Errors.
  'error.settings': 'The settings could not be loaded.',
};
