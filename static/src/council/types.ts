/** One's own council as the service tells it. What OpenAPI says loosely (positions, GeoJSON) is said here more exactly. */
import type { OwnMuster } from '../activation/types';
import type { components } from '../api/schema';
import type { Feature, Geometry, Position } from '../api/types';
import type { MyGathering } from '../gatherings/types';

type Schemas = components['schemas'];

/** As what something is drawn. */
export type MyFeatureRole = Schemas['MyFeatureRole'];
/** What is drawn. */
export type MyFeatureProperties = Schemas['MyFeatureProperties'];
/** Something to draw, or, without a geometry, to name. */
export type MyFeature = Omit<Schemas['MyFeature'], 'geometry'> & { geometry?: Geometry | null };
/** Where one lives. */
export type HomeItem = Omit<Schemas['HomeItem'], 'location'> & { location: Position };
/** What members may know of their council. */
export type CouncilItem = Schemas['CouncilItem'];
/** One's own council. */
export type MyCouncilDocument = Omit<
  Schemas['MyCouncilDocument'],
  'home' | 'muster' | 'features'
> & {
  home?: HomeItem | null;
  /** Where one gathers when something happens; none where that is where the council meets. */
  muster?: OwnMuster | null;
  features: readonly MyFeature[];
  /** Its next gatherings, where this device has been told of them: what is kept of the council keeps them as well. */
  gatherings?: readonly MyGathering[];
};

/** What lies under a map without tiles, by the names of its layers. */
export type Outlines = Readonly<Record<string, readonly Feature[]>>;
