/** The way to the sign-in page and back. */

/** Where people start when they come from nowhere in particular. */
export const START = '/';
const PARAMETER = 'return_to';

/**
 * Where to go after signing in: a page of this service, whatever the link says. Another site must
 * not be able to send people through our sign-in to a page that only looks like ours.
 */
export function returnTo(search: string, origin = location.origin): string {
  const wanted = new URLSearchParams(search).get(PARAMETER);
  if (!wanted?.startsWith('/')) return START;
  try {
    // `//evil.example` and `/\evil.example` begin with a slash too: what they mean decides.
    const url = new URL(wanted, origin);
    const isPage = url.origin === origin && url.pathname !== '/sign-in';
    return isPage && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : START;
  } catch {
    return START;
  }
}

/** The sign-in page, with the way back to where somebody is now. */
export function signInUrl({ pathname, search, hash }: Location = location): string {
  const here = pathname + search + hash;
  return here === START ? '/sign-in' : `/sign-in?${PARAMETER}=${encodeURIComponent(here)}`;
}
