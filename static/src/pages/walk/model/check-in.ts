/** What a tap makes: the items for the outbox. Pure but for the ids. */
import { type Item, newId } from '../../../outbox';
import type { Stop } from './packs';
import { codeOf, type Fix, japanTime } from './way';

/** What a walker shows besides being there. */
export interface Given {
  /** As it was typed or scanned. */
  code: string;
  trainer: string;
  answer: string;
  note: string;
  photo: ArrayBuffer | null;
}

/** Nothing shown yet. */
export const NOTHING: Given = { code: '', trainer: '', answer: '', note: '', photo: null };

/** Whether anything of it is there. */
export const isGiven = ({ photo, ...texts }: Given): boolean =>
  photo !== null || Object.values(texts).some((text) => text.trim() !== '');

type Json = Record<string, unknown>;

const common = (owner: string, now: number) =>
  ({ owner, made: now, state: { is: 'queued', tries: 0 } }) as const;

/** What was given as evidence; the photo by the id under which it follows. */
function evidenceOf(given: Given, photo: string): Json[] {
  const evidence: Json[] = [];
  const code = codeOf(given.code);
  if (code) evidence.push({ kind: 'qr', code });
  if (given.trainer.trim()) evidence.push({ kind: 'trainer', code: given.trainer.trim() });
  if (given.answer.trim()) evidence.push({ kind: 'answer', text: given.answer.trim() });
  if (given.photo) evidence.push({ kind: 'photo', photo_id: photo });
  return evidence;
}

function gps(fix: Fix, now: number): Json {
  const accuracy_m = Math.round(fix.accuracy_m * 10) / 10;
  const age_s = Math.max(0, Math.round((now - fix.at) / 1000));
  const location = fix.location.map((degrees) => Math.round(degrees * 1e6) / 1e6);
  return { kind: 'gps', location, accuracy_m, age_s };
}

const noteOf = ({ note }: Given): Json => (note.trim() ? { note: note.trim() } : {});

/** A photo behind what names it. */
function photoItem(id: string, given: Given, after: Item, visit: string): Item[] {
  if (!given.photo) return [];
  const { owner, made, state } = after;
  const body = { id, visit };
  return [
    { owner, made, state, id, kind: 'photo', body, visit, file: given.photo, after: after.id },
  ];
}

/** A visit, with the position if there is one, then its photo. */
export function checkIn(
  owner: string,
  version: string,
  stop: Stop,
  given: Given,
  fix: Fix | null,
  now: number,
): Item[] {
  const [id, photo] = [newId(), newId()];
  const body: Json = {
    id,
    route_version_id: version,
    stop_id: stop.stop_id,
    at: japanTime(now),
    evidence: [{ kind: 'self' }, ...(fix ? [gps(fix, now)] : []), ...evidenceOf(given, photo)],
    ...noteOf(given),
  };
  const visit: Item = { ...common(owner, now), id, kind: 'visit', body };
  return [visit, ...photoItem(photo, given, visit, id)];
}

/** What is added to a visit afterwards, then its photo. */
export function addTo(owner: string, visit: string, given: Given, now: number): Item[] {
  const [id, photo] = [newId(), newId()];
  const body = { id, at: japanTime(now), evidence: evidenceOf(given, photo), ...noteOf(given) };
  const addition: Item = {
    ...common(owner, now),
    id,
    kind: 'addition',
    body,
    visit,
    after: visit,
  };
  return [addition, ...photoItem(photo, given, addition, visit)];
}

/** Kinds of what walkers notice. */
export const CATEGORIES = ['danger', 'barrier', 'disaster', 'liked', 'other'] as const;
/** A kind of what walkers notice. */
export type Category = (typeof CATEGORIES)[number];

/** What a walker noticed (気づき). */
export interface Seen {
  category: Category;
  text: string;
  wants_answer: boolean;
  /** Where: at the stop that is next, where one stands, or not said. */
  place: 'stop' | 'here' | 'none';
}

/** Nothing noticed yet. */
export const NOTHING_SEEN: Seen = {
  category: 'other',
  text: '',
  wants_answer: false,
  place: 'here',
};

/** An observation, at a stop or anywhere on the way. */
export function observe(
  owner: string,
  version: string,
  seen: Seen,
  { fix, stop }: { fix: Fix | null; stop: Stop | null },
  now: number,
): Item {
  const id = newId();
  const { category, wants_answer, place } = seen;
  const body: Json = {
    id,
    at: japanTime(now),
    category,
    route_version_id: version,
    text: seen.text.trim(),
    wants_answer,
  };
  if (place === 'here' && fix) body['location'] = fix.location;
  if (place === 'stop' && stop) body['stop_id'] = stop.stop_id;
  return { ...common(owner, now), id, kind: 'observation', body };
}
