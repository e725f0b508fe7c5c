/** A new password, typed twice. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FieldErrors } from '../api/client';
import { t } from '../i18n/areas/password';
import './password-field';

/** What the service asks for at least; it knows more rules, and says so. */
const SHORTEST = 12;

export interface NewPassword {
  password: string;
  again: string;
}

/** The names of the fields. */
export const NEW_PASSWORD_FIELDS = ['password', 'again'] as const;

/** What can be said before the service is asked. */
export function checkNewPassword({ password, again }: NewPassword): FieldErrors {
  const rest = SHORTEST - Array.from(password).length;
  return {
    ...(rest > 0 ? { password: t('password.too_short', { count: rest }) } : {}),
    ...(password === again ? {} : { again: t('password.different') }),
  };
}

/** The two fields. `change` hears of each what was typed. */
export const newPasswordFields = (
  value: NewPassword,
  errors: FieldErrors,
  change: (part: Partial<NewPassword>) => void,
): TemplateResult => html`
  <password-field
    name="password"
    autocomplete="new-password"
    label=${t('password.new')}
    help=${t('password.rules')}
    error=${errors['password'] ?? nothing}
    .value=${value.password}
    @typed=${({ detail }: CustomEvent<string>) => {
      change({ password: detail });
    }}
  ></password-field>
  <password-field
    name="again"
    autocomplete="new-password"
    label=${t('password.again')}
    error=${errors['again'] ?? nothing}
    .value=${value.again}
    @typed=${({ detail }: CustomEvent<string>) => {
      change({ again: detail });
    }}
  ></password-field>
`;

/** Waits until the fields show what is wrong, and goes to the first one. */
export async function showErrors(page: HTMLElement & { updateComplete: Promise<boolean> }) {
  await page.updateComplete;
  await Promise.all(
    [...page.querySelectorAll('password-field')].map(({ updateComplete }) => updateComplete),
  );
  page.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
