import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../../api/client';
import type { components } from '../../../api/schema';
import { selectField } from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { empty, loaded } from '../../../components/lists';
import { fiscalYear, fiscalYearName, yearsUntil } from '../../../format/fiscal-year';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/survey';
import { Task } from '../../../state/task';
import '../../../surveys/change-section';

type ProgrammeList = components['schemas']['ProgrammeList'];
type Programme = ProgrammeList['programmes'][number];

/** `<route-changes>`: for whoever designs routes, which of them change most. Nothing is loaded before it is unfolded. */
export class RouteChanges extends LightElement {
  private readonly programmes = new Task<readonly Programme[]>(this);
  private readonly thisYear = fiscalYear(Date.now());
  private year = this.thisYear;
  private programme = '';
  private isOpen = false;

  protected override render(): TemplateResult {
    return html`<details
      class="route-changes"
      @toggle=${({ currentTarget }: Event) => {
        if (!(currentTarget as HTMLDetailsElement).open || this.isOpen) return;
        this.isOpen = true;
        void this.load();
      }}
    >
      <summary>${t('change.for_routes')}</summary>
      ${
        this.isOpen
          ? loaded(
              this.programmes,
              t('change.failed'),
              () => void this.load(),
              (programmes) => this.content(programmes),
            )
          : nothing
      }
    </details>`;
  }

  private content(programmes: readonly Programme[]): TemplateResult {
    return html`<div class="form-row-even">
        ${selectField({
          name: 'change_year',
          label: t('change.year'),
          value: String(this.year),
          options: yearsUntil(this.thisYear).map((one) => ({
            value: String(one),
            label: fiscalYearName(one),
          })),
          onInput: (value) => {
            this.year = Number(value);
            void this.load();
          },
        })}
        ${selectField({
          name: 'change_programme',
          label: t('change.programme'),
          value: this.programme,
          options: programmes.map(({ id, rule }) => ({ value: id, label: pick(rule.title) })),
          onInput: (value) => {
            this.programme = value;
            this.requestUpdate();
          },
        })}
      </div>
      ${
        this.programme
          ? html`<change-section .year=${this.year} .programme=${this.programme}></change-section>`
          : empty(t('change.no_programme'))
      }`;
  }

  /** Opens the year with the first programme that asks anything. */
  private async load(): Promise<void> {
    const path = `/api/programmes?fiscal_year=${String(this.year)}`;
    await this.programmes.run(async (signal) =>
      (await get<ProgrammeList>(path, signal)).programmes.filter(({ opened_at }) => opened_at),
    );
    const found = this.programmes.value ?? [];
    const asking = found.find(({ rule }) => (rule.questions ?? []).length > 0);
    this.programme = (asking ?? found[0])?.id ?? '';
    this.requestUpdate();
  }
}

customElements.define('route-changes', RouteChanges);
