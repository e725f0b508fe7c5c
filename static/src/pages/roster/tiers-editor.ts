import { html, type TemplateResult } from 'lit';
import { type Answer, exchange, request } from '../../api/client';
import { areaField, formError, submitButton, textField } from '../../components/form';
import { LightElement } from '../../components/light-element';
import { loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/roster';
import { Task } from '../../state/task';
import type { Tier } from './types';
import { loadOrganisation } from './words';

interface Tiers {
  tiers: Tier[];
}

/** `<tiers-editor>`: which of the ward's grades belong to which tier. */
export class TiersEditor extends LightElement {
  private readonly tiers = new Task<Answer<Tiers>>(this);
  private readonly saving = new Task<Answer<Tiers>>(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="tiers">
      <h2 class="section-title" id="tiers">${t('roster.view_tiers')}</h2>
      <p class="section-text">${t('roster.tiers_help')}</p>
      ${loaded(
        this.tiers,
        t('roster.tiers_failed'),
        () => void this.load(),
        ({ body }) => this.form(body?.tiers ?? []),
      )}
    </section>`;
  }

  private form(tiers: readonly Tier[]): TemplateResult {
    return html`<form
      class="form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.save(event.target as HTMLFormElement, tiers);
      }}
    >
      ${formError(this.saving.error)}
      ${tiers.map(
        (tier) =>
          html`<fieldset class="card">
            <legend>${pick(tier.name)}</legend>
            ${textField({ name: `${tier.id}-name`, label: t('roster.tier_name'), required: true, value: tier.name.ja })}
            ${areaField({
              name: `${tier.id}-grades`,
              label: t('roster.tier_grades'),
              rows: 2,
              value: tier.grades.join('、'),
            })}
          </fieldset>`,
      )}
      ${submitButton(t('roster.tiers_save'), this.saving.busy)}
    </form>`;
  }

  private async load(): Promise<void> {
    await this.tiers.run((signal) => request<Tiers>('/api/tiers', { signal, etag: null }));
  }

  private async save(form: HTMLFormElement, tiers: readonly Tier[]): Promise<void> {
    if (this.saving.busy) return;
    const data = new FormData(form);
    const text = (name: string): string => {
      const value = data.get(name);
      return typeof value === 'string' ? value : '';
    };
    const body = {
      tiers: tiers.map((tier) => ({
        ...tier,
        name: { ...tier.name, ja: text(`${tier.id}-name`) },
        grades: text(`${tier.id}-grades`)
          .split(/[、,\n]/)
          .map((grade) => grade.trim())
          .filter(Boolean),
      })),
    };
    const ifMatch = this.tiers.value?.etag ?? null;
    if (
      !(await this.saving.run((signal) =>
        exchange<Tiers>('PUT', '/api/tiers', body, { signal, ifMatch }),
      ))
    ) {
      return;
    }
    this.tiers.value = this.saving.value;
    this.requestUpdate();
    say(() => t('roster.tiers_saved'));
    await loadOrganisation().catch(() => undefined);
  }
}

customElements.define('tiers-editor', TiersEditor);
