/** Answers to an activation. */
import type { Answer, Item, Reason, Result } from './item';
import { refusal, TIMEOUT_MS } from './send';

const PATH = '/api/me/activation/answers';

/** What the service says of an answer: it has it now, it had it before, or it will not take it. */
interface AnswerResult {
  id: string;
  status: 'stored' | 'known' | 'refused';
  reason?: Reason | null;
}

/** The words of the service in those of the outbox. A word that neither knows is no receipt. */
const STATUSES: Partial<Record<string, Result['status']>> = {
  stored: 'stored',
  known: 'duplicate',
  duplicate: 'duplicate',
  refused: 'refused',
  conflict: 'conflict',
};

const resultOf = ({ id, status, reason }: AnswerResult): Result[] => {
  const known = STATUSES[status];
  return known ? [{ id, status: known, reason: reason ?? null }] : [];
};

/** Sends answers of one person. Throws where there is no network. */
export async function sendAnswers(
  items: readonly Item[],
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(PATH, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      sent_at: new Date().toISOString(),
      answers: items.map(({ body }) => body),
    }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) return refusal(response, false);
  const { results } = (await response.json()) as { results?: AnswerResult[] };
  return Array.isArray(results)
    ? { is: 'results', results: results.flatMap(resultOf) }
    : { is: 'later' };
}
