/** What of a council's contact can be followed. Data must not be able to lead anywhere else. Pure. */

/** Fewer digits are no number that one can call. */
const FEWEST_DIGITS = 3;

/** Where a telephone number leads; null when it is none. */
export function telephoneLink(number: string): string | null {
  const digits = number.normalize('NFKC').replace(/[^\d+]/g, '');
  return digits.length >= FEWEST_DIGITS ? `tel:${digits}` : null;
}

/** Where a mail address leads; null when it is none. */
export function mailLink(address: string): string | null {
  const [, name, host] = /^([^\s@]+)@([^\s@]+)$/.exec(address.normalize('NFKC').trim()) ?? [];
  return name && host ? `mailto:${encodeURIComponent(name)}@${encodeURIComponent(host)}` : null;
}

/** Where the address of a page leads; null when it is none. */
export function pageLink(address: string): string | null {
  try {
    const { protocol, href } = new URL(address);
    return protocol === 'https:' || protocol === 'http:' ? href : null;
  } catch {
    return null;
  }
}
