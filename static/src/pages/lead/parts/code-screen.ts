import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { formatTime } from '../../../format/dates';
import { t } from '../../../i18n/areas/lead';
import { inGroups, shownAt } from '../../../outings/codes';
import type { Sheet } from '../../../outings/kept';
import { Ticker } from '../../../state/ticker';

/** `<code-screen>`: the rotating code, to be seen across a square. From the codes on this device: no network is needed. */
export class CodeScreen extends LightElement {
  static override properties = { sheet: { attribute: false } };

  declare sheet: Sheet | null;
  private lock: { release: () => Promise<void> } | null = null;

  constructor() {
    super();
    new Ticker(this, 250);
  }

  private readonly visible = (): void => {
    // A lock ends when the page is hidden.
    if (document.visibilityState === 'visible') void this.stayAwake();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.visible);
    void this.stayAwake();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.visible);
    void this.lock?.release().catch(() => undefined);
    this.lock = null;
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="code">
      <h2 class="section-title" id="code">${t('lead.code_title')}</h2>
      ${
        this.sheet?.isClockWrong
          ? html`<div class="notice notice-error" role="alert">
              ${icon('warning')}<span>${t('lead.code_clock')}</span>
            </div>`
          : nothing
      }
      ${this.screen()}
    </section>`;
  }

  private screen(): TemplateResult {
    const codes = this.sheet?.codes;
    const shown = codes ? shownAt(codes, Date.now()) : ({ is: 'none' } as const);
    switch (shown.is) {
      case 'none':
        return html`<p>${t('lead.code_none')}</p>`;
      case 'before':
        return html`<p>${t('lead.code_before', { time: formatTime(new Date(shown.at)) })}</p>`;
      case 'after':
        return html`<p>${t('lead.code_after')}</p>`;
      case 'code':
        return html`
          <p>${t('lead.code_text')}</p>
          <div class="code-screen">
            <p class="code-figures" translate="no" data-code=${shown.code}>
              ${inGroups(shown.code)}
            </p>
            <progress
              class="progress"
              max=${codes?.step_s ?? 30}
              value=${shown.left_s}
              aria-label=${t('lead.code_left', { count: shown.left_s })}
            ></progress>
            <p class="code-left" aria-hidden="true">
              ${t('lead.code_left', { count: shown.left_s })}
            </p>
          </div>
        `;
    }
  }

  /** Where the browser can, the screen does not go dark while the code is shown. */
  private async stayAwake(): Promise<void> {
    const { wakeLock } = navigator as {
      wakeLock?: { request: (what: 'screen') => Promise<{ release: () => Promise<void> }> };
    };
    try {
      this.lock = (await wakeLock?.request('screen')) ?? null;
    } catch {
      // Such as on a low battery: the trainer's own setting counts.
    }
  }
}

customElements.define('code-screen', CodeScreen);
