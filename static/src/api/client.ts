/**
 * One way to ask the service for JSON. Every failure becomes an {@link ApiError} of a few kinds,
 * so that pages can say in words what a person can do about it.
 */
import { language } from '../i18n';
import type { Problem } from './types';

/** Why a request failed, as far as a person can act on it. */
export type FailureKind = 'offline' | 'timeout' | 'missing' | 'busy' | 'server' | 'unreadable';

/** A request that did not bring what was asked for. */
export class ApiError extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly status: number | null,
    /** What the service said, in the language of the request. */
    readonly detail: string | null = null,
    /** The number under which the service logged the failure. */
    readonly id: string | null = null,
  ) {
    super(detail ?? kind);
    this.name = 'ApiError';
  }
}

/** A caller's own cancellation is not a failure to tell anybody about. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** Any thrown thing as an {@link ApiError}. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('unreadable', null);
}

export interface RequestOptions {
  signal?: AbortSignal;
  /** The validator of the copy the caller holds. */
  etag?: string | null;
}

/** The answer to a request. `body` is null when the caller's copy is still the newest. */
export interface Answer<T> {
  body: T | null;
  etag: string | null;
}

/** A network that accepts a request and never answers must not leave a spinner for ever. */
const TIMEOUT_MS = 30_000;

/** GETs JSON, revalidating with `etag` when the caller holds a copy. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const deadline = new AbortController();
  const cancel = (): void => {
    deadline.abort();
  };
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    cancel();
  }, TIMEOUT_MS);
  options.signal?.addEventListener('abort', cancel);
  try {
    options.signal?.throwIfAborted();
    return await read<T>(await fetch(path, init(options, deadline.signal)), options.etag ?? null);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (options.signal?.aborted) throw new DOMException('aborted', 'AbortError');
    throw new ApiError(late ? 'timeout' : 'offline', null);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', cancel);
  }
}

/** GETs JSON. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await request<T>(path, signal ? { signal } : {});
  if (answer.body === null) throw new ApiError('unreadable', 304);
  return answer.body;
}

function init({ etag }: RequestOptions, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = {
    Accept: 'application/json, application/geo+json, application/problem+json',
    'Accept-Language': language() === 'en' ? 'en' : 'ja',
  };
  if (etag) headers['If-None-Match'] = etag;
  // Our own validator must reach the service instead of being answered by the browser's cache.
  return { headers, signal, cache: etag === undefined ? 'default' : 'no-store' };
}

async function read<T>(response: Response, known: string | null): Promise<Answer<T>> {
  if (response.status === 304) return { body: null, etag: known };
  if (!response.ok) throw await failure(response);
  try {
    return { body: (await response.json()) as T, etag: response.headers.get('etag') };
  } catch (error) {
    if (error instanceof SyntaxError) throw new ApiError('unreadable', response.status);
    throw error;
  }
}

async function failure(response: Response): Promise<ApiError> {
  let problem: Problem = {};
  try {
    if (response.headers.get('content-type')?.includes('json')) {
      problem = (await response.json()) as Problem;
    }
  } catch {
    // The status alone has to do: a proxy's error page says nothing to the reader.
  }
  return new ApiError(
    kindOf(response.status),
    response.status,
    problem.detail ?? problem.title ?? null,
    problem.id ?? null,
  );
}

function kindOf(status: number): FailureKind {
  if (status === 404 || status === 410) return 'missing';
  if (status === 429 || status === 503) return 'busy';
  return 'server';
}
