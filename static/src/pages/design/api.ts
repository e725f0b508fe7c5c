/** The service's JSON that designing uses, by short names, and its addresses. */
import { type Answer, ApiError, exchange, get, request, send } from '../../api/client';
import type { components } from '../../api/schema';
import type { Position } from '../../api/types';

type Schemas = components['schemas'];
/** `Type`, with some of its properties said more exactly. */
type Exactly<Type, Better> = Omit<Type, keyof Better> & Better;

export type Language = Schemas['Language'];
export type Text = Required<Schemas['Text']>;
export type Evidence = Schemas['Evidence'];
export type Host = Schemas['Host'];
export type Question = Exactly<Schemas['Question'], { text: Text; answers: string[] }>;
export type Photo = Exactly<Schemas['Photo'], { credit: string; alt: Text }>;
/** A stop of a way. */
export interface Stop {
  kind: 'stop';
  stop_id: string;
  name: Text;
  location: Position;
  place: string | null;
  address: string;
  radius_m: number;
  stay_min: number;
  required: boolean;
  evidence: Evidence[];
  story: Text;
  question: Question | null;
  photo: Photo | null;
  outside_meant: boolean;
  straight: boolean;
}
/** A point through which a way leads without a stop. */
export interface Control {
  kind: 'control';
  location: Position;
  straight: boolean;
}
export type Waypoint = Stop | Control;
/** What a draft and a version hold. */
export type Design = Exactly<
  Required<Schemas['DesignDocument']>,
  {
    title: Text;
    summary: Text;
    accessibility: Text;
    waypoints: Waypoint[];
    alternative: { step_free_route: string | null; desk_based: Text };
  }
>;
export type Line = Exactly<Schemas['RouteLine'], { coordinates: Position[] }>;
export type Check = Schemas['Check'];
export type CheckId = Schemas['CheckId'];
export type Finding = Schemas['Finding'];
export type FindingCode = Schemas['Code'];
export type Review = Schemas['ReviewItem'];
export type Change = Schemas['RouteChange'];
export type DraftDocument = Exactly<
  Schemas['DraftDocument'],
  { design: Design; line?: Line | null; reviews: Review[] }
>;
export type DesignItem = Schemas['DesignItem'];
export type CoverageItem = Exactly<Schemas['CoverageItem'], { location: Position }>;
export interface Coverage {
  localities: CoverageItem[];
  councils: CoverageItem[];
  organisations: CoverageItem[];
}
export type PathRequest = Exactly<
  Schemas['PathRequest'],
  { points: Position[]; straight: boolean[] }
>;
export type PathFeature = Exactly<
  Schemas['PathDocument'],
  { geometry: { type: 'LineString'; coordinates: Position[] } }
>;
export type BestOrder = Schemas['OrderDocument'];
/** A published route, as far as the list shows it. */
export type PublishedRoute = Schemas['RouteDocument'];

/** A track that was read from a file: the track itself, and a proposal of stops and control points. */
export type ImportedTrack = Exactly<
  Schemas['ImportedTrack'],
  { track: Position[]; waypoints: Waypoint[] }
>;
export type TrackNote = Schemas['TrackNote'];

const encode = encodeURIComponent;
const draftPath = (route: string): string => `/api/routes/${encode(route)}/draft`;

/** An answer that must have a body and a validator. */
function whole<T>({ body, etag }: Answer<T>): { document: T; etag: string } {
  if (body === null || !etag) throw new ApiError('unreadable', null);
  return { document: body, etag };
}

export type StoredDraft = { document: DraftDocument; etag: string };

export const getDesigns = (signal?: AbortSignal): Promise<{ designs: DesignItem[] }> =>
  get('/api/designs', signal);

export const getPublished = (signal?: AbortSignal): Promise<{ routes: PublishedRoute[] }> =>
  get('/api/routes?limit=100', signal);

export const createDesign = async (body: {
  title?: Text;
  code?: string | null;
  design?: Design;
}): Promise<StoredDraft> => whole(await exchange<DraftDocument>('POST', '/api/designs', body));

/** The draft with its validator: never from a cache. */
export const getDraft = async (route: string, signal?: AbortSignal): Promise<StoredDraft> =>
  whole(
    await request<DraftDocument>(draftPath(route), { etag: null, ...(signal ? { signal } : {}) }),
  );

export const saveDraft = async (
  route: string,
  design: Design,
  ifMatch: string,
): Promise<StoredDraft> =>
  whole(await exchange<DraftDocument>('PUT', draftPath(route), { design }, { ifMatch }));

export const beginDraft = async (route: string): Promise<StoredDraft> =>
  whole(await exchange<DraftDocument>('POST', draftPath(route), {}));

export const discardDraft = (route: string, ifMatch: string): Promise<void> =>
  send('DELETE', draftPath(route), undefined, { ifMatch });

export const submitDraft = async (route: string, ifMatch: string): Promise<StoredDraft> =>
  whole(
    await exchange<DraftDocument>('POST', `${draftPath(route)}/submit`, undefined, { ifMatch }),
  );

export const withdrawDraft = async (route: string): Promise<StoredDraft> =>
  whole(await exchange<DraftDocument>('POST', `${draftPath(route)}/withdraw`));

export const sendBackDraft = (
  route: string,
  body: { comment: string; comments: { stop_id: string; comment: string }[] },
): Promise<void> => send('POST', `${draftPath(route)}/send_back`, body);

export const publishDraft = (
  route: string,
  effectiveFrom: string | null,
): Promise<{ number: number; effective_from: string }> =>
  send('POST', `${draftPath(route)}/publish`, { effective_from: effectiveFrom });

export const cloneRoute = async (route: string): Promise<StoredDraft> =>
  whole(await exchange<DraftDocument>('POST', `/api/routes/${encode(route)}/clone`, {}));

export const archiveRoute = (route: string, on: string, reason: string): Promise<DesignItem> =>
  send('POST', `/api/routes/${encode(route)}/archive`, { on, reason });

export const restoreRoute = (route: string, reason: string): Promise<DesignItem> =>
  send('POST', `/api/routes/${encode(route)}/restore`, { reason });

/** What the draft changes of a version. */
export const getChanges = (
  route: string,
  from: number,
  signal?: AbortSignal,
): Promise<{ changes: Change[] }> =>
  get(`/api/routes/${encode(route)}/changes?from=${from}`, signal);

export const getCoverage = (signal?: AbortSignal): Promise<Coverage> =>
  get('/api/designs/coverage', signal);

export const findPath = (body: PathRequest, signal: AbortSignal): Promise<PathFeature> =>
  send('POST', '/api/network/path', body, { signal });

export const findOrder = (body: {
  points: Position[];
  profile: Design['profile'];
  end: 'anywhere' | 'last' | 'start';
}): Promise<BestOrder> => send('POST', '/api/network/order', body);

export const importPath = (name: string): string => `/api/designs/import?name=${encode(name)}`;
export const photosPath = (route: string): string => `/api/routes/${encode(route)}/photos`;
export const photoUrl = (photo: string): string => `/api/photos/${encode(photo)}`;

/** What can be taken away from a published route. */
export const outputsOf = (route: string, language: Language) => {
  const at = `/api/routes/${encode(route)}`;
  return {
    gpx: `${at}/export/gpx?lang=${language}`,
    kml: `${at}/export/kml?lang=${language}`,
    geojson: `${at}/export/geojson?lang=${language}`,
    a4: `${at}/sheet.pdf?size=a4&lang=${language}`,
    a3: `${at}/sheet.pdf?size=a3&lang=${language}`,
    posters: `${at}/posters.pdf`,
  };
};
