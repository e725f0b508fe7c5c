/** How the feed of a roll-call asks the service. */
import { ApiError, get } from '../../api/client';
import type { ActivationList, RollDocument } from '../../activation/types';
import type { FeedParts, Source } from './feed';

/** What the feed of an activation needs from the browser and the service. */
export const partsOf = (id: string): FeedParts => ({
  open: (after) =>
    new EventSource(`/api/activations/${id}/events?after=${String(after)}`) as unknown as Source,
  numbers: async () => {
    const { activations } = await get<ActivationList>('/api/activations');
    const found = activations.find((one) => one.id === id);
    if (!found) throw new ApiError('missing', 404);
    return found;
  },
  everything: () => get<RollDocument>(`/api/activations/${id}`),
  later: (ms, job) => {
    const timer = setTimeout(job, ms);
    return () => {
      clearTimeout(timer);
    };
  },
});
