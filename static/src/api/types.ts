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
/** How somebody signed in. */
export type SignInMethod = Schemas['SignInMethod'];
/** What is recorded. */
export type Action = Schemas['Action'];
/** How far an account has come. */
export type AccountState = Schemas['AccountState'];
/** An account. */
export type Account = Schemas['AccountItem'];
/** Accounts, page by page. */
export type Accounts = Schemas['AccountsDocument'];
/** An account with what roles it has and waits for. */
export type AccountDetail = Schemas['AccountDocument'];
/** A one-time link with which somebody sets a password. */
export type ActivationLink = Schemas['ActivationLink'];
/** A role that somebody has or waits for. */
export type Grant = Schemas['GrantItem'];
/** One's own session. */
export type SessionItem = Schemas['SessionItem'];
/** Somebody who looked at one's own record. */
export type View = Schemas['ViewItem'];
/** Who looked at one's own record, page by page. */
export type Views = Schemas['ViewsDocument'];
/** An entry of the audit log. */
export type AuditEntry = Schemas['AuditEntry'];
/** Entries of the audit log, page by page. */
export type AuditEntries = Schemas['AuditDocument'];
/** How far the audit log is sealed. */
export type AuditStatus = Schemas['AuditStatus'];
/** A setting that administrators change. */
export type Setting = Schemas['SettingItem'];
/** Whose activation link it is. */
export type Activation = Schemas['ActivationDocument'];

/** A dataset as its stewards see it. */
export type DatasetItem = Schemas['DatasetItem'];
/** Datasets within reach. */
export type DatasetList = Schemas['DatasetList'];
/** What a file holds, and what its columns can be. */
export type FilePreview = Schemas['PreviewDocument'];
/** What an import did, or would do. */
export type ImportReport = Schemas['ImportReport'];
/** A difference between two states. */
export type Difference = Schemas['Difference'];
/** A place in the editors' list. */
export type PlaceItem = Exactly<Schemas['PlaceItem'], { location: Position }>;
/** Places within reach. */
export type PlaceList = Exactly<Schemas['PlaceList'], { places: PlaceItem[] }>;
/** A field of a place, with what files and editors say. */
export type PlaceField = Exactly<
  Schemas['PlaceField'],
  { file: Value | null; value: Value | null }
>;
/** A place as its editors see it. */
export type Place = Exactly<
  Schemas['PlaceDocument'],
  {
    fields: PlaceField[];
    geometry: { file: Geometry; value: Geometry; edited: boolean };
  }
>;
/** A name that a place had before. */
export type Former = Schemas['Former'];
/** One edit of a place. */
export type EditItem = Schemas['EditItem'];
/** The edits of a place, the latest first. */
export type PlaceHistory = Schemas['PlaceHistory'];

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

/** Something that one was told. */
export type Notice = Schemas['Notice'];
/** What one was told, page by page. */
export type NoticeList = Schemas['NoticeList'];
/** How many notices are not read yet. */
export type UnreadNotices = Schemas['UnreadNotices'];
