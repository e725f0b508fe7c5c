/** What is searched for, and how it stands in addresses. */

export interface AuditQuery {
  since: string;
  until: string;
  action: string;
  actor: string;
  subject: string;
}

export const ANY: AuditQuery = { since: '', until: '', action: '', actor: '', subject: '' };
const FIELDS = Object.keys(ANY) as (keyof AuditQuery)[];

/** Reads a search from the page's address. */
export function readQuery(search: string): AuditQuery {
  const params = new URLSearchParams(search);
  return Object.fromEntries(
    FIELDS.map((field) => [field, params.get(field)?.trim() ?? '']),
  ) as unknown as AuditQuery;
}

/** A search as parameters, those that say nothing left out. */
export function writeQuery(query: AuditQuery): string {
  const params = new URLSearchParams();
  for (const field of FIELDS) {
    const value = query[field].trim();
    if (value) params.set(field, value);
  }
  return params.size > 0 ? `?${params}` : '';
}

/** The address of the answer that follows. */
export const following = (path: string, before: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}before=${encodeURIComponent(before)}`;
