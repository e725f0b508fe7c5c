import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../api/client';
import { ask } from '../../components/dialog';
import { failure } from '../../components/failure';
import { LightElement } from '../../components/light-element';
import { t } from '../../i18n/areas/housing';
import { Task } from '../../state/task';
import './housing-form';
import type { HousingDocument } from './model';
import { noteLine } from './words';

/**
 * `<housing-facts>`: what is known of a building, and the ways to change and to remove it. Fires
 * `saved`, `removed`, and `stale` when somebody else was first.
 */
export class HousingFacts extends LightElement {
  static override properties = {
    housing: { attribute: false },
    etag: {},
    isChanging: { state: true },
  };

  declare housing: HousingDocument;
  declare etag: string | null;
  declare private isChanging: boolean;
  private readonly removing = new Task(this);

  constructor() {
    super();
    this.etag = null;
    this.isChanging = false;
  }

  protected override render(): TemplateResult {
    const { name, address, location, note } = this.housing;
    const { error } = this.removing;
    return html`<section class="section" aria-labelledby="building">
      <h2 class="section-title" id="building" tabindex="-1">${name}</h2>
      <dl class="facts">
        <dt>${t('housing.address')}</dt>
        <dd>${address}</dd>
        <dt>${t('housing.position')}</dt>
        <dd>${t('housing.degrees', { lat: String(location[1]), lon: String(location[0]) })}</dd>
      </dl>
      ${noteLine(note)}
      ${
        error
          ? failure(t('housing.action_failed'), error, () => {
              this.end('stale');
            })
          : nothing
      }
      ${this.isChanging ? this.form() : this.buttons()}
    </section>`;
  }

  private form(): TemplateResult {
    return html`<housing-form
      .housing=${this.housing}
      .etag=${this.etag}
      @saved=${() => {
        this.end('saved');
      }}
      @stale=${() => {
        this.end('stale');
      }}
      @cancelled=${() => {
        this.isChanging = false;
        void this.updateComplete.then(() => {
          this.querySelector<HTMLElement>('.button')?.focus();
        });
      }}
    ></housing-form>`;
  }

  private buttons(): TemplateResult {
    return html`<div class="button-row">
      <button
        type="button"
        class="button"
        @click=${() => {
          this.isChanging = true;
        }}
      >
        ${t('housing.change_housing')}
      </button>
      ${
        this.housing.units.length === 0
          ? html`<button type="button" class="button" @click=${() => void this.takeAway()}>
              ${t('housing.remove_housing')}
            </button>`
          : nothing
      }
    </div>`;
  }

  private end(event: 'saved' | 'removed' | 'stale'): void {
    this.isChanging = false;
    this.removing.reset();
    this.dispatchEvent(new CustomEvent(event));
  }

  private async takeAway(): Promise<void> {
    const { id, name } = this.housing;
    const isSure = await ask({
      title: () => t('housing.remove_housing_title', { name }),
      text: () => t('housing.cannot_undo'),
      yes: () => t('housing.remove'),
      danger: true,
    });
    if (!isSure) return;
    const isDone = await this.removing.run((signal) =>
      send('DELETE', `/api/housing/${id}`, undefined, { signal }),
    );
    if (isDone) this.end('removed');
  }
}

customElements.define('housing-facts', HousingFacts);
