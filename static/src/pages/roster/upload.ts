/** Bringing a roster file. */
import { sendFile } from '../../api/send-file';
import type { Preview } from './types';

/** Brings a roster file; the answer says what it would change. */
export function bringRoster(file: File, day: string, signal: AbortSignal): Promise<Preview> {
  const query = new URLSearchParams({ effective_on: day, file_name: file.name });
  return sendFile<Preview>(`/api/roster/previews?${query.toString()}`, file, signal);
}
