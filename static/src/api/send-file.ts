/** Sending a file as it is. */
import { ApiError, asFailure, commonHeaders } from './client';
import type { Problem } from './types';

/** Sends a file; the answer says what came of it. */
export async function sendFile<T>(path: string, file: File, signal: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { ...commonHeaders(), 'Content-Type': 'application/octet-stream' },
      body: file,
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError('offline', null);
  }
  if (response.ok) return (await response.json()) as T;
  let problem: Problem = {};
  try {
    problem = (await response.json()) as Problem;
  } catch {
    // The status alone has to do.
  }
  throw asFailure(response.status, problem);
}
