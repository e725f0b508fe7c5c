import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../../api/client';
import { ask } from '../../../components/dialog';
import { failure } from '../../../components/failure';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/outings';
import { isJoined, isOpen, standing } from '../../../outings/state';
import type { Mine, Outing } from '../../../outings/types';
import { Task } from '../../../state/task';

/** `<sign-up>`: how one stands to an outing, and what one can do about it. */
export class SignUp extends LightElement {
  static override properties = { outing: { attribute: false } };

  declare outing: Outing;
  private readonly doing = new Task<Mine | null>(this);

  protected override render(): TemplateResult {
    const { outing } = this;
    const now = Date.now();
    return html`<section class="section" aria-labelledby="join">
      <h2 class="section-title" id="join">${t('outings.join')}</h2>
      <p class="outing-standing" role="status">${this.sentence(now)}</p>
      ${
        this.doing.error
          ? failure(t('outings.join'), this.doing.error, () => {
              this.changed();
            })
          : nothing
      }
      ${isOpen(outing, now) && outing.mine?.state !== 'refused' ? this.button(now) : nothing}
    </section>`;
  }

  private sentence(now: number): string {
    const { mine } = this.outing;
    const isNow = isOpen(this.outing, now);
    if (mine?.state === 'refused') return t('outings.refused_text');
    if (!isNow) return t('outings.closed_text');
    switch (mine?.state) {
      case 'confirmed':
        return t('outings.confirmed_text');
      case 'waiting':
        return t('outings.waiting_text', { place: mine.waiting_place ?? 1 });
      case 'nominated':
        return t('outings.nominated_text');
      default:
        return standing(this.outing, now) === 'full' ? t('outings.full_text') : '';
    }
  }

  private button(now: number): TemplateResult {
    const busy = this.doing.busy ? 'true' : nothing;
    if (isJoined(this.outing)) {
      return html`<button
        type="button"
        class="button"
        data-withdraw
        aria-disabled=${busy}
        @click=${() => void this.withdraw()}
      >
        ${t('outings.withdraw')}
      </button>`;
    }
    const isFull = standing(this.outing, now) === 'full';
    return html`<button
      type="button"
      class="button button-primary outing-sign-up"
      data-sign-up
      aria-disabled=${busy}
      @click=${() => void this.join()}
    >
      ${t(isFull ? 'outings.sign_up_waiting' : 'outings.sign_up')}
    </button>`;
  }

  private get path(): string {
    return `/api/outings/${this.outing.id}/sign-up`;
  }

  private async join(): Promise<void> {
    if (this.doing.busy) return;
    const put = (signal: AbortSignal) => send<Mine>('PUT', this.path, undefined, { signal });
    if (!(await this.doing.run(put))) return;
    const place = this.doing.value?.waiting_place;
    say(() =>
      typeof place === 'number'
        ? t('outings.signed_up_waiting', { place })
        : t('outings.signed_up'),
    );
    this.changed();
  }

  private async withdraw(): Promise<void> {
    if (this.doing.busy) return;
    const yes = await ask({
      title: () => t('outings.withdraw_title'),
      text: () => t('outings.withdraw_ask'),
      yes: () => t('outings.withdraw'),
      danger: true,
    });
    if (!yes) return;
    const isDone = await this.doing.run(async (signal) => {
      await send('DELETE', this.path, undefined, { signal });
      return null;
    });
    if (isDone) {
      say(() => t('outings.withdrawn'));
      this.changed();
    }
  }

  /** What is shown is old. */
  private changed(): void {
    this.doing.reset();
    this.dispatchEvent(new CustomEvent('changed'));
  }
}

customElements.define('sign-up', SignUp);
