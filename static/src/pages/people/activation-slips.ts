import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { copy } from '../../components/clipboard';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { formatTime } from '../../format/dates';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/people';
import { sessionStore } from '../../shell/session';
import { Watch } from '../../state/store';
import { peopleStore, type Slip } from './model';

/** `<activation-slips>`: links that were just made, to be shown or printed, several on a sheet. */
export class ActivationSlips extends LightElement {
  private seen: readonly Slip[] = [];

  constructor() {
    super();
    new Watch(this, peopleStore, ({ slips }) => [slips]);
  }

  protected override updated(changes: PropertyValues): void {
    super.updated(changes);
    const { slips } = peopleStore.state;
    if (slips !== this.seen && slips.length > 0) this.querySelector<HTMLElement>('h2')?.focus();
    this.seen = slips;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { slips } = peopleStore.state;
    if (slips.length === 0) return nothing;
    return html`<section class="section slips" aria-labelledby="slips">
      <h2 class="section-title no-print" id="slips" tabindex="-1">${t('people.slips')}</h2>
      <p class="section-text no-print">${t('people.slips_help')}</p>
      <div class="button-row no-print">
        <button
          type="button"
          class="button button-primary"
          @click=${() => {
            window.print();
          }}
        >
          ${icon('print')}${t('people.print')}
        </button>
        <button
          type="button"
          class="button"
          @click=${() => {
            peopleStore.set({ slips: [] });
          }}
        >
          ${icon('close')}${t('people.close_slips')}
        </button>
      </div>
      <ul class="slip-list">
        ${slips.map((slip) => html`<li class="slip">${this.slip(slip)}</li>`)}
      </ul>
    </section>`;
  }

  private slip({ login, name, url, qr_svg: svg, expires_at: until }: Slip): TemplateResult {
    const { settings } = sessionStore.state;
    const time = formatTime(new Date(until));
    return html`
      <div class="slip-text">
        <p class="slip-place">
          ${settings ? pick(settings.municipality.name) : nothing} <span lang="ja">まちあるき</span>
        </p>
        <h3 class="slip-title">${t('people.slip_title')}</h3>
        <p class="slip-owner">
          ${t('people.number')} <strong>${login}</strong>${name ? html` ${name}` : nothing}
        </p>
        <p>${t('people.slip_steps')}</p>
        <p>${t('people.slip_until', { time })} ${t('people.slip_secret')}</p>
        <p class="slip-url">${url}</p>
        <p class="no-print">
          <button type="button" class="button button-small" @click=${() => void copy(url)}>
            ${icon('link')}${t('people.copy')}
          </button>
        </p>
      </div>
      <img
        class="slip-code"
        alt=${t('people.qr', { login })}
        width="160"
        height="160"
        src="data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}"
      />
    `;
  }
}

customElements.define('activation-slips', ActivationSlips);
