/**
 * One way to ask the service for JSON. Every failure becomes an {@link ApiError} of a few kinds,
 * so that pages can say in words what a person can do about it.
 */
import { chosenLanguage } from '../i18n';
import type { Problem } from './types';

/** Why a request failed, as far as a person can act on it. */
export type FailureKind =
  /** No network. */
  | 'offline'
  /** No answer in time. */
  | 'timeout'
  /** 404, 410: it is not there, or not for this person. */
  | 'missing'
  /** 503: later. */
  | 'busy'
  /** What is wrong on the other side. */
  | 'server'
  /** The answer is not what was agreed. */
  | 'unreadable'
  /** 401: nobody is signed in any more. At `/api/sign-in`: the number or the password is wrong. */
  | 'signed_out'
  /** 403: not from here. */
  | 'forbidden'
  /** 400, 413, 415: something that was sent is wrong; see `fields`. */
  | 'invalid'
  /** 409: it contradicts what is there. */
  | 'conflict'
  /** 412, 428: somebody else changed it first. */
  | 'changed'
  /** 422: it can be read and cannot be done. */
  | 'unprocessable'
  /** 429: too many tries. */
  | 'limited';

/** Which fields are wrong, and what to do about each. */
export type FieldErrors = Readonly<Record<string, string>>;

/** A request that did not bring what was asked for. */
export class ApiError extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly status: number | null,
    /** What the service said, in the language of the request. */
    readonly detail: string | null = null,
    /** The number under which the service logged the failure. */
    readonly id: string | null = null,
    /** What the service said of single fields, by their names. */
    readonly fields: FieldErrors = {},
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
  /** For whom it is meant: whoever else is signed in by now is answered nothing. */
  account?: string;
}

/** The answer to a request. `body` is null when the caller's copy is still the newest. */
export interface Answer<T> {
  body: T | null;
  etag: string | null;
}

/** How something is changed. */
export type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface SendOptions {
  signal?: AbortSignal;
  /** The validator of what is changed: when somebody else was first, the answer is `changed`. */
  ifMatch?: string | null;
  /** Whether it goes on when the page is left. */
  keepalive?: boolean;
}

/** A network that accepts a request and never answers must not leave a spinner for ever. */
const TIMEOUT_MS = 30_000;

/** GETs JSON, revalidating with `etag` when the caller holds a copy. */
export function request<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const { etag, account } = options;
  const headers: Record<string, string> = etag ? { 'If-None-Match': etag } : {};
  if (account) headers['Machiaruki-Account'] = account;
  // Our own validator must reach the service instead of being answered by the browser's cache.
  const cache = etag === undefined ? 'default' : 'no-store';
  return ask(path, { headers, cache }, options.signal, (response) =>
    read<T>(response, etag ?? null),
  );
}

/** GETs JSON. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await request<T>(path, signal ? { signal } : {});
  if (answer.body === null) throw new ApiError('unreadable', 304);
  return answer.body;
}

/** Changes something, sending JSON, and gives the answer with its validator. */
export function exchange<T>(
  method: Method,
  path: string,
  body?: unknown,
  { signal, ifMatch, keepalive = false }: SendOptions = {},
): Promise<Answer<T>> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (ifMatch) headers['If-Match'] = ifMatch;
  const init: RequestInit = { method, headers, keepalive };
  if (body !== undefined) init.body = JSON.stringify(body);
  return ask(path, init, signal, (response) => read<T>(response, null));
}

/**
 * Changes something, sending JSON, and gives the answer's JSON. Where the service answers 204 there
 * is none: say `send<void>`, or nothing.
 */
export async function send<T = void>(
  method: Method,
  path: string,
  body?: unknown,
  options: SendOptions = {},
): Promise<T> {
  return (await exchange<T>(method, path, body, options)).body as T;
}

/** A file, and what it is called. */
export interface Saved {
  name: string;
  blob: Blob;
}

export interface DownloadOptions {
  signal?: AbortSignal;
  method?: 'GET' | 'POST';
  body?: Blob;
}

/** Asks for a file. */
export function download(
  path: string,
  { signal, method = 'GET', body }: DownloadOptions = {},
): Promise<Saved> {
  const init: RequestInit = { method, cache: 'no-store', headers: { Accept: '*/*' } };
  // The blob says of what kind it is.
  if (body) init.body = body;
  return ask(path, init, signal, async (response) => {
    if (!response.ok) throw await failure(response);
    const name = fileName(response.headers.get('content-disposition'));
    return { name, blob: await response.blob() };
  });
}

/** The name of a file in `Content-Disposition`: the one in any language, or the plain one. */
export function fileName(disposition: string | null): string {
  const full = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition ?? '')?.[1];
  const plain = /filename="([^"]*)"/i.exec(disposition ?? '')?.[1];
  try {
    return (full && decodeURIComponent(full)) || plain || 'download';
  } catch {
    return plain || 'download';
  }
}

/** The languages as the service hears them; notices are in plain Japanese too. */
const ACCEPTED = { ja: 'ja', en: 'en', easy: 'ja-x-easy, ja' } as const;

/** The headers that every request has. */
export const commonHeaders = (): Record<string, string> => ({
  Accept: 'application/json, application/geo+json, application/problem+json',
  'Accept-Language': ACCEPTED[chosenLanguage()],
});

async function ask<T>(
  path: string,
  init: RequestInit,
  signal: AbortSignal | undefined,
  take: (response: Response) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const cancel = (): void => {
    deadline.abort();
  };
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    cancel();
  }, TIMEOUT_MS);
  signal?.addEventListener('abort', cancel);
  try {
    signal?.throwIfAborted();
    const headers = { ...commonHeaders(), ...(init.headers as Record<string, string>) };
    const response = await fetch(path, { ...init, headers, signal: deadline.signal });
    return await take(response);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (signal?.aborted) throw new DOMException('aborted', 'AbortError');
    throw new ApiError(late ? 'timeout' : 'offline', null);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

async function read<T>(response: Response, known: string | null): Promise<Answer<T>> {
  if (response.status === 304) return { body: null, etag: known };
  if (!response.ok) throw await failure(response);
  if (response.status === 204) return { body: null, etag: response.headers.get('etag') };
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
  return asFailure(response.status, problem);
}

/** What the service said as an {@link ApiError}. */
export const asFailure = (status: number, problem: Problem): ApiError =>
  new ApiError(
    KINDS[status] ?? 'server',
    status,
    problem.detail ?? problem.title ?? null,
    problem.id ?? null,
    Object.fromEntries((problem.errors ?? []).map(({ field, message }) => [field, message])),
  );

const KINDS: Readonly<Record<number, FailureKind>> = {
  400: 'invalid',
  401: 'signed_out',
  403: 'forbidden',
  404: 'missing',
  409: 'conflict',
  410: 'missing',
  412: 'changed',
  413: 'invalid',
  415: 'invalid',
  422: 'unprocessable',
  428: 'changed',
  429: 'limited',
  503: 'busy',
};
