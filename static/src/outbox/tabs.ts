/** How the tabs of a browser tell each other that the outbox changed. */
import type { Tabs } from './outbox';

const NAME = 'machiaruki-outbox';

/** The tabs of this browser; where it has no such channel, this one is alone. */
export function tabs(): Tabs {
  if (typeof BroadcastChannel === 'undefined') {
    return { tell: () => undefined, hear: () => () => undefined };
  }
  const channel = new BroadcastChannel(NAME);
  return {
    tell: () => {
      channel.postMessage('changed');
    },
    hear: (listener) => {
      channel.onmessage = listener;
      return () => {
        channel.close();
      };
    },
  };
}
