/** Sending a file as it is. */
import { ApiError, asFailure, commonHeaders } from '../../api/client';
import type { Problem } from '../../api/types';
import type { Preview } from './types';

/** Brings a roster file; the answer says what it would change. */
export async function bringRoster(file: File, day: string, signal: AbortSignal): Promise<Preview> {
  const query = new URLSearchParams({ effective_on: day, file_name: file.name });
  let response: Response;
  try {
    response = await fetch(`/api/roster/previews?${query.toString()}`, {
      method: 'POST',
      headers: { ...commonHeaders(), 'Content-Type': 'application/octet-stream' },
      body: file,
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError('offline', null);
  }
  if (response.ok) return (await response.json()) as Preview;
  let problem: Problem = {};
  try {
    problem = (await response.json()) as Problem;
  } catch {
    // The status alone has to do.
  }
  throw asFailure(response.status, problem);
}
