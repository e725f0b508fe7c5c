import type { ja } from './ja';

/** The texts of where walks went, in English. */
export const en: Record<keyof typeof ja, string> = {
  'covered.title': 'Where walks went',
  'covered.lead':
    'How many walks (one person walking one route) came to each locality, council, organisation and route in each fiscal year. No persons are told of: one to four walks are called “few”.',
  'covered.failed': 'Where walks went could not be loaded.',
  'covered.year': 'Last fiscal year',
  'covered.kind': 'Kind of place',
  'covered.figure': 'What is counted',
  'covered.order': 'Order',
  'covered.localities': 'Localities',
  'covered.councils': 'Disaster councils',
  'covered.organisations': 'Organisations',
  'covered.routes': 'Routes',
  'covered.walks': 'Walks',
  'covered.completed': 'Of them, complete',
  'covered.visits': 'Visits',
  'covered.most': 'Most first',
  'covered.least': 'Fewest first',
  'covered.by_name': 'By name',
  'covered.name': 'Name',
  'covered.few': 'few',
  'covered.none': 'There are no places of this kind yet.',
  'covered.nobody': 'Nobody has walked in this fiscal year yet.',
  'covered.unvisited': 'Places that nobody came to in {year}: {count} of {all}',
  'covered.map': 'Map of where walks went',
  'covered.map_key':
    'The larger the circle, the more came; where the circle is dashed, nobody came yet. The table below says the same.',
  'covered.on_map': 'See on the map',
  'covered.table': 'Year by year',
  'covered.design': 'Design a route',
};
