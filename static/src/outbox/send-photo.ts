/** Photos go in parts: what arrived before the network went need not be sent again. */
import type { Answer, Item } from './item';
import { reasonOf, refusal, TIMEOUT_MS } from './send';

/** The largest part, in bytes: some seconds on a bad network. */
const PART = 256 * 1024;
/** Answers without progress before the rest is left for later. */
const PATIENCE = 3;

/** What the service says of a file that is on its way. */
interface Progress {
  /** How many bytes are there, from the first on. */
  received: number;
  complete: boolean;
}

/** Sends a photo, or what is missing of it. Throws where there is no network. */
export async function sendPhoto(item: Item, headers: Record<string, string>): Promise<Answer> {
  const file = item.file ?? new ArrayBuffer(0);
  const path = `/api/visits/${item.visit ?? ''}/photos/${item.id}`;
  let at = await begun(item, path, headers);
  let patience = PATIENCE;
  while (patience > 0) {
    const end = Math.min(at + PART, file.byteLength);
    const response = await fetch(path, {
      method: 'PUT',
      headers: {
        ...headers,
        'Content-Type': item.body['type'] === 'image/png' ? 'image/png' : 'image/jpeg',
        'Content-Range': `bytes ${at}-${end - 1}/${file.byteLength}`,
      },
      body: file.slice(at, end),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 409) {
      const result = { id: item.id, status: 'conflict', reason: await reasonOf(response) } as const;
      return { is: 'results', results: [result] };
    }
    if (!response.ok) return refusal(response, true);
    const { received, complete } = (await response.json()) as Progress;
    if (complete) return { is: 'results', results: [{ id: item.id, status: 'stored' }] };
    if (received <= at) patience -= 1;
    at = Math.min(Math.max(received, 0), file.byteLength - 1);
  }
  return { is: 'later' };
}

/** How much of it is there from an earlier try. */
async function begun(item: Item, path: string, headers: HeadersInit): Promise<number> {
  if (item.state.is !== 'queued' || item.state.tries === 0) return 0;
  const response = await fetch(`${path}/state`, {
    headers,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) return 0;
  const { received, complete } = (await response.json()) as Progress;
  const size = item.file?.byteLength ?? 1;
  // Of a whole file the last byte is asked about: the answer is the receipt.
  return complete ? size - 1 : Math.min(received, size - 1);
}
