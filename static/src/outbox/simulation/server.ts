/** The visit log as docs/visits.md has it, in memory: each id once, each item by itself. */
import type { Answer, Item, Result } from '../item';

/** What is stored. */
export interface Stored {
  owner: string;
  content: string;
}

/** An item as the service compares it: its JSON, names in order. */
const contentOf = ({ body, file, kind }: Item): string =>
  JSON.stringify([
    kind,
    Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1)),
    file ? [...new Uint8Array(file)] : null,
  ]);

/** A service that follows docs/visits.md. */
export class ModelServer {
  readonly stored = new Map<string, Stored>();
  /** How often each id was inserted. The primary key's doing: never more than once. */
  readonly inserts = new Map<string, number>();
  /** Whether it answers every request with 500. */
  ill = false;

  /** A request with the session's account, and what it is answered. */
  answer(session: string | null, items: readonly Item[]): Answer {
    // The guard: nobody, or not the account for which it is meant.
    if (session === null || items.some(({ owner }) => owner !== session)) {
      return { is: 'signed_out' };
    }
    if (this.ill || items.some(({ body }) => body['poison'] === 'broken')) return { is: 'broken' };
    if (items.some(({ body }) => body['poison'] === 'unreadable')) return unreadable('http_400');
    if (items.some((item) => !this.isKnown(item))) return unreadable('http_404');
    return { is: 'results', results: items.map((item) => this.take(session, item)) };
  }

  /** Whether what the address names is there. */
  private isKnown({ kind, visit, owner }: Item): boolean {
    if (kind !== 'addition' && kind !== 'photo') return true;
    return this.stored.get(visit ?? '')?.owner === owner;
  }

  private take(session: string, item: Item): Result {
    const { id, body } = item;
    if (body['poison'] === 'refused') {
      return { id, status: 'refused', reason: { code: 'malformed', message: 'no' } };
    }
    const content = contentOf(item);
    const known = this.stored.get(id);
    if (known) {
      const same = known.owner === session && known.content === content;
      return { id, status: same ? 'duplicate' : 'conflict' };
    }
    this.stored.set(id, { owner: session, content });
    this.inserts.set(id, (this.inserts.get(id) ?? 0) + 1);
    return { id, status: 'stored', outcome: 'accepted' };
  }
}

const unreadable = (code: string): Answer => ({
  is: 'unreadable',
  reason: { code, message: 'no' },
});
