/** How each kind of item is sent, and what the answers mean. */
import type { Answer, Item, Kind, Reason, Result } from './item';

const LISTS: Readonly<Record<Exclude<Kind, 'photo'>, { path: string; name: string }>> = {
  visit: { path: '/api/visits', name: 'visits' },
  observation: { path: '/api/observations', name: 'observations' },
};
const TIMEOUT_MS = 30_000;

/** Sends items of one kind. Never throws: what went wrong is an answer too. */
export async function post(items: readonly Item[], language: string): Promise<Answer> {
  const [first] = items;
  if (!first) return { is: 'results', results: [] };
  const headers = { 'Accept-Language': language, Accept: 'application/json' };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    if (first.kind === 'photo') return await photo(first, headers, signal);
    const { path, name } = LISTS[first.kind];
    const response = await fetch(path, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ [name]: items.map(({ body }) => body) }),
      signal,
    });
    if (!response.ok) return await refusal(response);
    const { results } = (await response.json()) as { results?: Result[] };
    return Array.isArray(results) ? { is: 'results', results } : { is: 'later' };
  } catch {
    return { is: 'later' };
  }
}

async function photo(item: Item, headers: HeadersInit, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(`/api/visits/${String(item.body['visit'])}/photos/${item.id}`, {
    method: 'PUT',
    headers: { ...headers, 'Content-Type': 'image/jpeg' },
    body: item.file ?? null,
    signal,
  });
  return response.ok
    ? { is: 'results', results: [{ id: item.id, status: 'stored' }] }
    : refusal(response);
}

/** What an answer that is no success means. Only what speaks of the content counts against it. */
export async function refusal(response: Response): Promise<Answer> {
  if (response.status === 401) return { is: 'signed_out' };
  if (![400, 409, 413, 415, 422].includes(response.status)) return { is: 'later' };
  return { is: 'unreadable', reason: await reasonOf(response) };
}

async function reasonOf(response: Response): Promise<Reason> {
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
