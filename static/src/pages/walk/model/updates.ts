/** The service worker, and newer versions of the page, which wait until no walk is on. */
import { currentWalk } from './current-walk';

/** Registers the worker. `onWaiting` is called when a newer one waits for its turn. */
export async function keepOffline(onWaiting: (worker: ServiceWorker) => void): Promise<void> {
  const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (!container) return;
  const hadOne = container.controller !== null;
  container.addEventListener('controllerchange', () => {
    // Another tab took the newer one: this page's own files are gone with the old.
    if (hadOne && currentWalk() === null) location.reload();
  });
  const registration = await container.register('/sw.js');
  const look = (): void => {
    if (registration.waiting && container.controller) onWaiting(registration.waiting);
  };
  // One that began before this page was there takes the place of one that waits as well: what is told is always the last.
  const follow = (): void => {
    registration.installing?.addEventListener('statechange', look);
  };
  look();
  follow();
  registration.addEventListener('updatefound', follow);
}

/** Lets the newer one take over, unless a walk is on in any tab; says whether it does. The page is then loaded anew. */
export function takeOver(worker: Pick<ServiceWorker, 'postMessage'>, now = Date.now()): boolean {
  if (currentWalk(now) !== null) return false;
  worker.postMessage('update');
  return true;
}
