/** When a copy was made. Pure. */

/** A moment (RFC 3339) as `2026-04-01 09:30` in the ward, the same in every language: it is compared, not read aloud. */
export const stampOf = (at: string): string => {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  return new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: 'Asia/Tokyo',
  }).format(moment);
};
