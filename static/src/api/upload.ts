/** Sending a file, with its progress, which `fetch` cannot tell. */
import { ApiError, asFailure, commonHeaders } from './client';

export interface UploadOptions {
  signal?: AbortSignal;
  /** Hears which part has been sent, from 0 to 1. */
  onProgress?: (part: number) => void;
  /** The file's media type, when the service needs to know it. */
  type?: string;
}

/** POSTs the bytes of a file as they are, and gives the answer's JSON. Fails as `send` does. */
export function upload<T>(path: string, file: Blob, options: UploadOptions = {}): Promise<T> {
  const { signal, onProgress, type = 'application/octet-stream' } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const cancel = (): void => {
      request.abort();
    };
    request.open('POST', path);
    for (const [name, value] of Object.entries(commonHeaders())) {
      request.setRequestHeader(name, value);
    }
    request.setRequestHeader('Content-Type', type);
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress?.(loaded / total);
    });
    request.addEventListener('load', () => {
      const { status } = request;
      const body = parse(request.responseText);
      if (status < 200 || status > 299) reject(asFailure(status, body ?? {}));
      else if (body === undefined && status !== 204) reject(new ApiError('unreadable', status));
      else resolve(body as T);
    });
    request.addEventListener('error', () => {
      reject(new ApiError('offline', null));
    });
    request.addEventListener('abort', () => {
      reject(new DOMException('aborted', 'AbortError'));
    });
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', cancel));
    if (signal?.aborted) {
      reject(new DOMException('aborted', 'AbortError'));
      return;
    }
    signal?.addEventListener('abort', cancel);
    request.send(file);
  });
}

/** The JSON of an answer, or undefined where there is none: a proxy's error page says nothing. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
