/** One tab at a time. */

const NAME = 'machiaruki-outbox';
/** A tab that was killed lets go after this long. */
const LEASE_MS = 45_000;

/**
 * Runs `job` unless another tab is at it; says whether it ran. Without Web Locks a lease in the storage does, which two
 * tabs may take at the same instant: then the same item is sent twice, and the service answers `duplicate`.
 */
export async function alone(job: () => Promise<void>): Promise<boolean> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (locks) {
    return locks.request(NAME, { ifAvailable: true }, async (lock) => {
      if (lock) await job();
      return lock !== null;
    });
  }
  const until = Number(localStorage.getItem(NAME) ?? 0);
  if (Date.now() < until) return false;
  localStorage.setItem(NAME, String(Date.now() + LEASE_MS));
  try {
    await job();
  } finally {
    localStorage.removeItem(NAME);
  }
  return true;
}
