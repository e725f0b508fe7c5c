import { html, type TemplateResult } from 'lit';
import type { ApiError, FailureKind } from '../api/client';
import { t, type Key } from '../i18n';
import { icon } from './icon';

const WORDS: Record<FailureKind, Key> = {
  offline: 'error.offline',
  timeout: 'error.timeout',
  missing: 'error.missing',
  busy: 'error.busy',
  server: 'error.server',
  unreadable: 'error.unreadable',
};

/** What went wrong, as something a person can act on. */
export const failureText = ({ kind, id }: ApiError): string =>
  t(WORDS[kind]) + (id ? t('error.number', { id }) : '');

/** An error where it happened, with a way to try again. */
export const failure = (what: string, error: ApiError, retry: () => void): TemplateResult => html`
  <div class="notice notice-error" role="alert">
    ${icon('warning')}
    <div class="notice-text">
      <p><strong>${what}</strong></p>
      <p>${failureText(error)}</p>
    </div>
    <button type="button" class="button button-small" @click=${retry}>
      ${icon('refresh')}${t('action.retry')}
    </button>
  </div>
`;
