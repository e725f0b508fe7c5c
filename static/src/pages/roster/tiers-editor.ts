import { html, type TemplateResult } from 'lit';
import { type Answer, exchange, request } from '../../api/client';
import {
  areaField,
  focusFirstError,
  formError,
  submitButton,
  textField,
} from '../../components/form';
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

const FIELDS = ['name.ja', 'name.en', 'name.easy', 'grades'] as const;

/** `<tiers-editor>`: what tiers are called, and which of the ward's grades belong to which tier. */
export class TiersEditor extends LightElement {
  private readonly tiers = new Task<Answer<Tiers>>(this);
  private readonly saving = new Task<Answer<Tiers>>(this);
  private texts: Readonly<Record<string, string>> = {};

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
        void this.save(tiers);
      }}
    >
      ${formError(
        this.saving.error,
        tiers.flatMap((_, index) => FIELDS.map((field) => `tiers[${index}].${field}`)),
      )}
      ${tiers.map((tier, index) => this.tier(tier, index))}
      ${submitButton(t('roster.tiers_save'), this.saving.busy)}
    </form>`;
  }

  private tier(tier: Tier, index: number): TemplateResult {
    const { id, name, grades } = tier;
    const field = (which: (typeof FIELDS)[number], label: string, stored: string) => ({
      name: `${id}-${which.replace('.', '-')}`,
      label,
      required: which !== 'grades',
      // What is being written is kept while the service says what is wrong with it.
      value: this.texts[`${id}-${which}`] ?? stored,
      error: this.saving.fields[`tiers[${index}].${which}`],
      onInput: (text: string) => {
        this.texts = { ...this.texts, [`${id}-${which}`]: text };
      },
    });
    return html`<fieldset class="card">
      <legend>${pick(name)}</legend>
      <div class="form-row form-row-even">
        ${textField(field('name.ja', t('roster.tier_name'), name.ja))}
        ${textField(field('name.en', t('roster.tier_name_en'), name.en))}
        ${textField(field('name.easy', t('roster.tier_name_easy'), name.easy))}
      </div>
      ${areaField({ ...field('grades', t('roster.tier_grades'), grades.join('、')), rows: 2 })}
    </fieldset>`;
  }

  private async load(): Promise<void> {
    await this.tiers.run((signal) => request<Tiers>('/api/tiers', { signal, etag: null }));
  }

  private async save(tiers: readonly Tier[]): Promise<void> {
    if (this.saving.busy) return;
    const body = {
      tiers: tiers.map((tier) => {
        const text = (which: (typeof FIELDS)[number], stored: string): string =>
          this.texts[`${tier.id}-${which}`] ?? stored;
        const { ja, en, easy } = tier.name;
        return {
          ...tier,
          name: {
            ja: text('name.ja', ja),
            en: text('name.en', en),
            easy: text('name.easy', easy),
          },
          grades: text('grades', tier.grades.join('、'))
            .split(/[、,\n]/)
            .map((grade) => grade.trim())
            .filter(Boolean),
        };
      }),
    };
    const ifMatch = this.tiers.value?.etag ?? null;
    if (
      !(await this.saving.run((signal) =>
        exchange<Tiers>('PUT', '/api/tiers', body, { signal, ifMatch }),
      ))
    ) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    this.tiers.value = this.saving.value;
    this.texts = {};
    this.requestUpdate();
    say(() => t('roster.tiers_saved'));
    await loadOrganisation().catch(() => undefined);
  }
}

customElements.define('tiers-editor', TiersEditor);
