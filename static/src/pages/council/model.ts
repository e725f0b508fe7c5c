/** What the page makes of what the service tells of one's own council. Pure. */
import type { Bbox, Geometry } from '../../api/types';
import type { Sign } from '../../council/signs';
import { bboxOf } from '../../geo/measure';
import type {
  MyCouncilDocument,
  MyFeature,
  MyFeatureProperties,
  MyFeatureRole,
} from '../../council/types';

const MINUTE_S = 60;

/** What has a name in Japanese, and perhaps one in English. */
interface Named {
  name?: string | null;
  name_en?: string | null;
}

/** A name in the reader's language, as far as there is one. */
export const nameIn = (language: string, { name, name_en: english }: Named): string | null =>
  (language === 'en' ? english || name : name || english) || null;

/** A place that is named, and whether the map has it. */
export interface Place extends Named {
  address: string | null;
  isOnMap: boolean;
}

/** The places of one kind, in the order of the service. */
export const placesOf = (
  { features }: Pick<MyCouncilDocument, 'features'>,
  role: MyFeatureRole,
): Place[] =>
  features
    .filter(({ properties }) => properties.role === role)
    .map(({ geometry, properties: { name, name_en, address } }) => ({
      name: name ?? null,
      name_en: name_en ?? null,
      address: address ?? null,
      isOnMap: Boolean(geometry),
    }));

/** A way from home to the meeting place. */
export interface Way {
  minutes: number;
  metres: number;
  crossings: number;
  stairs: number;
  /** Whether all of it follows the pedestrian network. */
  onNetwork: boolean;
}

/** The ways that there are. */
export interface Ways {
  walk: Way | null;
  stepFree: Way | null;
  /** Whether both are the same. */
  areSame: boolean;
}

/** How many minutes one walks: a minute that has begun counts. */
export const minutesOf = (seconds: number): number => Math.ceil(seconds / MINUTE_S);

const wayOf = (properties: MyFeatureProperties): Way => ({
  minutes: minutesOf(properties.duration_s ?? 0),
  metres: properties.distance_m ?? 0,
  crossings: properties.crossings ?? 0,
  stairs: properties.stairs ?? 0,
  onNetwork: properties.on_network !== false,
});

/** The ways from home to the meeting place. */
export function waysOf({ features }: Pick<MyCouncilDocument, 'features'>): Ways {
  const [walk, stepFree] = (['walk', 'step_free'] as const).map((wanted) =>
    features.find(
      ({ properties: { role, profile } }) => role === 'way' && (profile ?? 'walk') === wanted,
    ),
  );
  return {
    walk: walk ? wayOf(walk.properties) : null,
    stepFree: stepFree ? wayOf(stepFree.properties) : null,
    areSame:
      walk !== undefined &&
      stepFree !== undefined &&
      JSON.stringify(walk.geometry) === JSON.stringify(stepFree.geometry),
  };
}

/** Something on the map. */
export interface Drawn {
  sign: Sign;
  geometry: Geometry;
  /** What it is called in the data, where it has a name of its own. */
  name: Named;
}

/** What is drawn above what, from the ground up. */
const LEVELS: readonly Sign[] = [
  'area',
  'walk',
  'step_free',
  'member',
  'shelter',
  'meeting_place',
  'home',
];

const signOf = ({ role, profile }: MyFeatureProperties): Sign =>
  role === 'way' ? (profile ?? 'walk') : role;

/** Whether something has a place on the map. */
const hasGeometry = (feature: MyFeature): feature is MyFeature & { geometry: Geometry } =>
  Boolean(feature.geometry);

/** All that the map shows, from the ground up. */
export function drawnOf({ features, home }: MyCouncilDocument): Drawn[] {
  const all = features
    .filter(hasGeometry)
    .map(({ geometry, properties }) => ({ sign: signOf(properties), geometry, name: properties }));
  const own: Drawn[] = home
    ? [
        {
          sign: 'home',
          geometry: { type: 'Point', coordinates: home.location },
          name: { name: home.housing_name },
        },
      ]
    : [];
  return [...all, ...own].sort((a, b) => LEVELS.indexOf(a.sign) - LEVELS.indexOf(b.sign));
}

/** What one looks for first. */
const NEAR: readonly Sign[] = ['home', 'walk', 'step_free', 'meeting_place'];

/** A box around home and meeting place with the ways between them; around everything where it is not known where one meets. */
export function boxAround(drawn: readonly Drawn[]): Bbox | null {
  const isKnown = drawn.some(({ sign }) => sign === 'meeting_place');
  const boxes = drawn
    .filter(({ sign }) => !isKnown || NEAR.includes(sign))
    .map(({ geometry }) => bboxOf(geometry))
    .filter((box) => box !== null);
  return boxes.reduce<Bbox | null>(
    (sum, [w, s, e, n]) =>
      sum
        ? [Math.min(sum[0], w), Math.min(sum[1], s), Math.max(sum[2], e), Math.max(sum[3], n)]
        : [w, s, e, n],
    null,
  );
}
