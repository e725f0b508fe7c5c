/** What a tap makes: the items for the outbox. Pure but for the ids. */
import { type Item, newId } from '../../../outbox';
import type { Stop } from './packs';
import { codeOf, type Fix, japanTime } from './way';

/** What a walker gives besides being there. */
export interface Given {
  fix: Fix | null;
  code: string;
  trainer: string;
  answer: string;
  note: string;
  photo: ArrayBuffer | null;
}

/** Nothing given yet. */
export const NOTHING: Given = {
  fix: null,
  code: '',
  trainer: '',
  answer: '',
  note: '',
  photo: null,
};

type Evidence = Record<string, unknown>;

/** The visit, then its photo. */
export function checkIn(
  owner: string,
  version: string,
  stop: Stop,
  given: Given,
  now: number,
): Item[] {
  const [visit, photo] = [newId(), newId()];
  const { fix } = given;
  const code = codeOf(given.code);
  const evidence: Evidence[] = [{ kind: 'self' }];
  if (fix) {
    const accuracy_m = Math.round(fix.accuracy_m * 10) / 10;
    const age_s = Math.max(0, Math.round((now - fix.at) / 1000));
    evidence.push({ kind: 'gps', location: fix.location, accuracy_m, age_s });
  }
  if (code) evidence.push({ kind: 'qr', code });
  if (given.trainer.trim()) evidence.push({ kind: 'trainer', code: given.trainer.trim() });
  if (given.answer.trim()) evidence.push({ kind: 'answer', text: given.answer.trim() });
  if (given.photo) evidence.push({ kind: 'photo', photo_id: photo });
  const body: Record<string, unknown> = {
    id: visit,
    route_version_id: version,
    stop_id: stop.stop_id,
    at: japanTime(now),
    evidence,
  };
  if (given.note.trim()) body['note'] = given.note.trim();
  const common = { owner, made: now, state: { is: 'queued', tries: 0 } } as const;
  const items: Item[] = [{ ...common, id: visit, kind: 'visit', body }];
  if (given.photo) {
    const file = given.photo;
    items.push({ ...common, id: photo, kind: 'photo', body: { visit }, file, after: visit });
  }
  return items;
}

/** 気づき. */
export function observe(
  owner: string,
  version: string,
  seen: { text: string; wants_answer: boolean; fix: Fix | null; stop: Stop | null },
  now: number,
): Item {
  const id = newId();
  const body: Record<string, unknown> = {
    id,
    at: japanTime(now),
    category: 'other',
    route_version_id: version,
    text: seen.text.trim(),
    wants_answer: seen.wants_answer,
  };
  if (seen.fix) body['location'] = seen.fix.location;
  if (seen.stop) body['stop_id'] = seen.stop.stop_id;
  return { id, kind: 'observation', owner, made: now, body, state: { is: 'queued', tries: 0 } };
}
