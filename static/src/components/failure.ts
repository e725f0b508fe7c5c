import { html, type TemplateResult } from 'lit';
import type { ApiError, FailureKind } from '../api/client';
import { t, type Key } from '../i18n';
import { signInUrl } from '../shell/return-to';
import { icon } from './icon';

const WORDS: Record<FailureKind, Key> = {
  offline: 'error.offline',
  timeout: 'error.timeout',
  missing: 'error.missing',
  busy: 'error.busy',
  server: 'error.server',
  unreadable: 'error.unreadable',
  signed_out: 'error.signed_out',
  forbidden: 'error.forbidden',
  invalid: 'error.invalid',
  conflict: 'error.conflict',
  changed: 'error.changed',
  unprocessable: 'error.invalid',
  limited: 'error.busy',
};

/** Of these the service knows more than we do. */
const TOLD_BY_SERVICE: readonly FailureKind[] = [
  'forbidden',
  'invalid',
  'conflict',
  'changed',
  'unprocessable',
  'limited',
];

/** What went wrong, as something a person can act on. */
export const failureText = ({ kind, id, detail }: ApiError): string =>
  (detail && TOLD_BY_SERVICE.includes(kind) ? detail : t(WORDS[kind])) +
  (id ? t('error.number', { id }) : '');

/** An error where it happened, with a way to try again. */
export const failure = (what: string, error: ApiError, retry: () => void): TemplateResult => html`
  <div class="notice notice-error" role="alert">
    ${icon('warning')}
    <div class="notice-text">
      <p><strong>${what}</strong></p>
      <p>${failureText(error)}</p>
    </div>
    ${
      error.kind === 'signed_out'
        ? html`<a class="button button-small" href=${signInUrl()}>${t('session.sign_in')}</a>`
        : html`<button type="button" class="button button-small" @click=${retry}>
            ${icon('refresh')}${t('action.retry')}
          </button>`
    }
  </div>
`;
