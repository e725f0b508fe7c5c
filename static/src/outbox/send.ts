/** How each kind of item is sent, and what the answers mean. */
import type { Answer, Item, Kind, Reason, Result } from './item';
import { sendAnswers } from './send-answers';
import { sendCheckIn, sendMarks } from './send-attendance';
import { sendPhoto } from './send-photo';

/** No request waits longer for its answer, in milliseconds. */
export const TIMEOUT_MS = 30_000;

/** What shows by a code that somebody is there, and what a roll-call says of it. */
const CHECK_INS: readonly Kind[] = ['check_in', 'gathering_check_in'];
const MARKS: readonly Kind[] = ['mark', 'gathering_mark'];

/** Where sheets, visits, additions and observations go, and what their list is called. */
function addressOf({ kind, visit }: Item): { path: string; list: string } {
  switch (kind) {
    case 'sheet':
      return { path: '/api/me/sheets', list: 'sheets' };
    case 'visit':
      return { path: '/api/visits', list: 'visits' };
    case 'addition':
      return { path: `/api/visits/${visit ?? ''}/additions`, list: 'additions' };
    default:
      return { path: '/api/observations', list: 'observations' };
  }
}

/** Sends items of one kind. Never throws: what went wrong is an answer too. */
export async function post(items: readonly Item[], language: string): Promise<Answer> {
  const [first] = items;
  if (!first) return { is: 'results', results: [] };
  const headers = {
    Accept: 'application/json, application/problem+json',
    'Accept-Language': language,
    // Whoever signed in a moment ago, as somebody else, is not sent for.
    'Machiaruki-Account': first.owner,
  };
  try {
    if (first.kind === 'answer') return await sendAnswers(items, headers);
    if (first.kind === 'photo') return await sendPhoto(first, headers);
    if (CHECK_INS.includes(first.kind)) return await sendCheckIn(first, headers);
    if (MARKS.includes(first.kind)) return await sendMarks(items, headers);
    const { path, list } = addressOf(first);
    const response = await fetch(path, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        sent_at: new Date().toISOString(),
        [list]: items.map(({ body }) => body),
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return await refusal(response, first.kind === 'addition');
    const { results } = (await response.json()) as { results?: Result[] };
    return Array.isArray(results) ? { is: 'results', results } : { is: 'later' };
  } catch {
    return { is: 'later' };
  }
}

/** Statuses that speak of what was sent: sending it again ends the same way. */
const OF_CONTENT: readonly number[] = [400, 413, 415, 422];

/**
 * What an answer that is no success means. Only what speaks of the content counts against it. Where the address names
 * what is sent, `named`, nothing being there is such an answer too; else it is a right that is missing today.
 */
export async function refusal(response: Response, named: boolean): Promise<Answer> {
  const { status } = response;
  if (status === 401) return { is: 'signed_out' };
  if (status === 500) return { is: 'broken' };
  if (!OF_CONTENT.includes(status) && !(named && status === 404)) return { is: 'later' };
  return { is: 'unreadable', reason: await reasonOf(response) };
}

/** Why, in the service's own words. */
export async function reasonOf(response: Response): Promise<Reason> {
  const code = `http_${String(response.status)}`;
  try {
    const { title, detail } = (await response.json()) as { title?: string; detail?: string };
    return { code, message: detail ?? title ?? '' };
  } catch {
    return { code, message: '' };
  }
}

/** Who is signed in now, asked of the service: null for nobody, undefined when that cannot be known. */
export async function whoIsSignedIn(): Promise<string | null | undefined> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch('/api/session', { cache: 'no-store', signal });
    if (!response.ok) return undefined;
    const { me } = (await response.json()) as { me?: { account: string } | null };
    return me?.account ?? null;
  } catch {
    return undefined;
  }
}
