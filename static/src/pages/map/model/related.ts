/** Features name each other in their fields; these are the layers in which to look for a name. */
import { want } from './layers';
import { type Selection, store, summaryOf } from './state';

const LAYER_OF_FIELD: Record<string, string> = {
  hosts: 'organisations',
  member_organisations: 'organisations',
  serves: 'organisations',
  runs_shelters: 'shelters',
  school: 'schools',
  district: 'districts',
  route_code: 'routes',
};

/** The layer that a field's names belong to. */
function layerOf(layer: string, field: string): string | null {
  const other = LAYER_OF_FIELD[field];
  return other && other !== layer && summaryOf(other) ? other : null;
}

/** The feature that is meant by a name in a field, once its layer is there. */
export function relatedFeature(layer: string, field: string, name: string): Selection | null {
  const other = layerOf(layer, field);
  if (!other) return null;
  const key = field === 'route_code' ? 'route_code' : 'name';
  const found = store.state.data
    .get(other)
    ?.features.find(({ properties }) => properties[key] === name);
  return found ? { layer: other, id: found.id } : null;
}

/** Loads the layers that the chosen feature names, so that its names can lead there. */
export function loadRelated(layer: string, properties: Record<string, unknown>): void {
  for (const field of Object.keys(LAYER_OF_FIELD)) {
    const other = field in properties ? layerOf(layer, field) : null;
    if (other) want(other);
  }
  if ('route_code' in properties) want('stops');
}
