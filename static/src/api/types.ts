/**
 * What the service's JSON looks like, by names that are short enough to use. The shapes come from
 * `schema.ts`, which `npm run generate` makes from the service's own OpenAPI document; only what
 * OpenAPI says loosely (positions, boxes, GeoJSON) is said here more exactly.
 */
import type { components } from './schema';

type Schemas = components['schemas'];

/** `Type`, with some of its properties said more exactly. */
type Exactly<Type, Better> = Omit<Type, keyof Better> & Better;

/** West, south, east, north in degrees. */
export type Bbox = [number, number, number, number];

/** Longitude and latitude in degrees, in the order of GeoJSON. */
export type Position = [number, number];

/** One text in 日本語, English and やさしい日本語. */
export type Text3 = Schemas['Text3'];
/** A configured source of map tiles. */
export type BaseMap = Schemas['BaseMapDocument'];
/** What the deployment says of itself. */
export type Settings = Exactly<
  Schemas['SettingsDocument'],
  { bbox: Bbox; base_map?: BaseMap | null }
>;
/** A named group of layers. */
export type Group = Schemas['Group'];
/** What kind of geometry a layer draws. */
export type Shape = Schemas['Shape'];
/** What values a field takes. */
export type FieldKind = Schemas['FieldKindDocument'];
/** One property that the features of a layer may carry. */
export type Field = Schemas['FieldDocument'];
/** How fresh a layer is, by the promises of its datasets. */
export type Freshness = Schemas['FreshnessDocument'];
/** The lineage of one source file within a layer. */
export type Dataset = Schemas['DatasetDocument'];
/** All that the panel needs to know of a layer before its features are loaded. */
export type LayerSummary = Exactly<Schemas['LayerSummary'], { bbox?: Bbox | null }>;
/** All layers, in the order of the panel. */
export interface Layers {
  layers: LayerSummary[];
}

export type Geometry =
  | { type: 'Point'; coordinates: Position }
  | { type: 'MultiPoint'; coordinates: Position[] }
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'MultiLineString'; coordinates: Position[][] }
  | { type: 'Polygon'; coordinates: Position[][] }
  | { type: 'MultiPolygon'; coordinates: Position[][][] };

/** A property's value. An absent flag means "not said", which is not "no". */
export type Value = string | number | boolean | string[];

/** Properties of a feature: the public fields that have a value. */
export type Properties = Record<string, Value | undefined>;

/** One thing on the map. */
export type Feature = Exactly<
  Schemas['Feature'],
  { type: 'Feature'; geometry: Geometry | null; properties: Properties }
>;

/** Features, and how many there would be without a limit. */
export type FeatureCollection = Exactly<Schemas['FeatureCollection'], { features: Feature[] }>;

/** One hit of the search, with what it matched. */
export type SearchResult = Exactly<Schemas['SearchResult'], { location: Position }>;

/** RFC 9457 problem details, as far as an answer that may come from a proxy carries them. */
export type Problem = Partial<Schemas['ProblemDocument']>;

/** Whether somebody is signed in, and how one can be. */
export type Session = Schemas['SessionDocument'];
/** Who is signed in. */
export type Me = Schemas['MeDocument'];
/** What somebody may be besides a member of staff. */
export type Role = Schemas['Role'];
/** As whom one may look around in the demo. */
export type Persona = Schemas['Persona'];

/** How long each class of data is kept, and the last runs. */
export type Retention = Schemas['RetentionDocument'];
/** A class of data that is kept for a time. */
export type RetentionClass = Schemas['RetentionClass'];
/** How long something is kept. */
export type RetentionPeriod = Schemas['RetentionPeriod'];
/** The period was changed. */
export type ChangedRetentionPeriod = Schemas['ChangedRetentionPeriod'];
/** A run that erased what was past its period. */
export type RetentionRun = Schemas['RetentionRun'];
/** What came of a run, or would. */
export type RetentionRunResult = Schemas['RetentionRunDocument'];
/** What was or would be erased of a class. */
export type ErasedCount = Schemas['ErasedCount'];
