import { html, type TemplateResult } from 'lit';
import { ask } from '../../components/dialog';
import { formError, missing, submitButton, textField } from '../../components/form';
import { formatDay, today } from '../../format/dates';
import { t } from '../../i18n/areas/roster';
import { StaffForm, undoReason } from './staff-form';

/** `<staff-leaving>`: somebody's last day, or that they stay after all. */
export class StaffLeaving extends StaffForm {
  private last = '';

  protected override forget(): void {
    this.last = this.person.left_on ?? '';
  }

  protected override render(): TemplateResult {
    const { errors } = this;
    const left = this.person.left_on;
    return html`<section class="section" aria-labelledby="leaving">
      <h2 class="section-title" id="leaving">${t('roster.leaving')}</h2>
      <p class="section-text">
        ${left ? t('roster.leaving_on', { day: formatDay(left) }) : t('roster.leaving_help')}
      </p>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.leave();
        }}
      >
        ${formError(this.saving.error, ['last_day', 'reason'])}
        ${textField({
          name: 'last_day',
          label: t('roster.last_day'),
          type: 'date',
          required: true,
          value: this.last,
          error: errors['last_day'],
          onInput: (day) => {
            this.last = day;
          },
        })}
        ${textField({
          name: 'leaving_reason',
          label: t('roster.reason'),
          help: t('roster.leaving_reason_help'),
          required: true,
          maxLength: 500,
          value: this.reason,
          error: errors['reason'],
          onInput: (reason) => {
            this.reason = reason;
          },
        })}
        <div class="button-row">
          ${submitButton(left ? t('roster.end_other') : t('roster.end'), this.saving.busy, true)}
          ${
            left
              ? html`<button type="button" class="button" @click=${() => void this.stay()}>
                  ${t('roster.stays')}
                </button>`
              : ''
          }
        </div>
      </form>
    </section>`;
  }

  private async leave(): Promise<void> {
    if (this.saving.busy) return;
    const { last, person } = this;
    const reason = this.reason.trim();
    if (this.refuses(missing({ last_day: last, reason }))) return;
    const { name } = person;
    const yes = await ask({
      title: () => t('roster.end_ask', { name, day: formatDay(last) }),
      text: () => t(last < today() ? 'roster.end_text_now' : 'roster.end_text'),
      yes: () => t('roster.end'),
      danger: true,
    });
    if (yes) await this.end(last, reason);
  }

  private async stay(): Promise<void> {
    if (this.saving.busy) return;
    const reason = this.reason.trim();
    if (this.refuses(missing({ reason }))) return;
    const { name } = this.person;
    const yes = await ask({
      title: () => t('roster.stays_ask', { name }),
      text: () => t('roster.stays_text'),
      yes: () => t('roster.stays'),
    });
    if (yes) await this.end(null, reason);
  }

  /** What was planned for after a last day is gone with it: that cannot be taken back. */
  private async end(last: string | null, reason: string): Promise<void> {
    const { left_on: before, spells } = this.person;
    const loses = last !== null && spells.some(({ from }) => from > last);
    const end = (day: string | null, why: string) => ({
      to: 'end' as const,
      body: { last_day: day, reason: why },
    });
    await this.submit(end(last, reason), loses ? null : end(before ?? null, undoReason(reason)));
  }
}

customElements.define('staff-leaving', StaffLeaving);
