/** What changed between two states of a route, in sentences. */
import { t } from '../../i18n/areas/design';
import type { Change } from './api';
import { fieldName, metresText, ownText, valueText } from './words';

/** Changes of one stop, or of the route as a whole, in one line. */
export interface ChangeLine {
  /** The stop; null for the route. */
  stopId: string | null;
  text: string;
}

/** The changes, one line for each stop and one for each change of the route. */
export function changeLines(changes: readonly Change[]): ChangeLine[] {
  const route = changes
    .filter(({ stop_id: stop }) => !stop)
    .map((change) => ({ stopId: null, text: routeText(change) }));
  const stops = new Map<string, Change[]>();
  for (const change of changes) {
    if (change.stop_id) stops.set(change.stop_id, [...(stops.get(change.stop_id) ?? []), change]);
  }
  const lines = [...stops].map(([stopId, of]) => ({ stopId, text: stopText(of) }));
  return [...route, ...lines];
}

function routeText({ kind, field, before, after }: Change): string {
  if (kind === 'way') return t('change.way');
  if (kind === 'distance') {
    return t('change.distance', {
      before: metresText(Number(before)),
      after: metresText(Number(after)),
    });
  }
  const name = field ?? '';
  return t('change.field', {
    field: fieldName(name),
    before: valueText(before, name),
    after: valueText(after, name),
  });
}

function stopText(changes: readonly Change[]): string {
  const [first] = changes;
  const stop = t('change.stop', {
    number: first?.sequence ?? 0,
    name: first?.name ? ownText(first.name) || t('stop.unnamed') : t('stop.unnamed'),
  });
  return t('change.of_stop', { stop, changes: changes.map(partText).join(t('text.separator')) });
}

function partText({ kind, field, before, after, metres }: Change): string {
  const name = field ?? '';
  switch (kind) {
    case 'stop_added':
      return t('change.added');
    case 'stop_removed':
      return t('change.removed');
    case 'stop_moved':
      return t('change.moved', { metres: metresText(metres ?? 0) });
    case 'stop_reordered':
      return t('change.reordered', { before: Number(before), after: Number(after) });
    default:
      return isShort(name)
        ? t('change.part_values', {
            field: fieldName(name),
            before: valueText(before, name),
            after: valueText(after, name),
          })
        : t('change.part', { field: fieldName(name) });
  }
}

/** Of stories it is enough to say that they changed: both are on the page. */
const isShort = (field: string): boolean =>
  ['name', 'radius_m', 'stay_min', 'required', 'evidence', 'outside_meant'].includes(field);
