/** What belongs to an outing or a gathering: that one is there, by the code on the leader's screen, and the marks of a roll-call. */
import type { Answer, Item, Result } from './item';
import { reasonOf, refusal, TIMEOUT_MS } from './send';

/** What the service says of a mark; its reason is for people. */
interface MarkResult {
  id: string;
  status: Result['status'];
  reason?: string | null;
}

/** A result as the outbox knows it. */
const result = ({ id, status, reason }: MarkResult): Result => ({
  id,
  status,
  reason: reason ? { code: status, message: reason } : null,
});

async function put(
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  return fetch(path, {
    method: 'PUT',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

/** What an answer that is no success means. Some speak of the event: then none of it is taken, whatever else it says. */
async function refused(response: Response): Promise<Answer> {
  const { status } = response;
  return status === 404 || status === 409
    ? { is: 'refused', reason: await reasonOf(response) }
    : refusal(response, true);
}

/** Sends one check-in. Throws where there is no network. */
export async function sendCheckIn(item: Item, headers: Record<string, string>): Promise<Answer> {
  const path = item.gathering
    ? `/api/me/gatherings/${item.gathering}/check-in`
    : `/api/outings/${item.outing ?? ''}/check-in`;
  const response = await put(path, item.body, headers);
  // After too many wrong codes nobody listens for a while: the rest need not wait for that.
  if (response.status === 429) return { is: 'results', results: [] };
  if (!response.ok) return refused(response);
  return { is: 'results', results: [result((await response.json()) as MarkResult)] };
}

/** Sends marks of one outing or gathering. Throws where there is no network. */
export async function sendMarks(
  items: readonly Item[],
  headers: Record<string, string>,
): Promise<Answer> {
  const [first] = items;
  const path = first?.gathering
    ? `/api/gatherings/${first.gathering}/attendance`
    : `/api/outings/${first?.outing ?? ''}/attendance`;
  const response = await put(path, { marks: items.map(({ body }) => body) }, headers);
  if (!response.ok) return refused(response);
  const { results } = (await response.json()) as { results?: MarkResult[] };
  return Array.isArray(results) ? { is: 'results', results: results.map(result) } : { is: 'later' };
}
