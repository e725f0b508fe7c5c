import { html, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import { dataTable } from '../../components/data-table';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { t } from '../../i18n/areas/housing';
import { Task } from '../../state/task';
import './housing-form';
import type { AddedHousing } from './housing-form';
import { type HousingItem, type HousingList, waitingIn } from './model';
import { changed, counted } from './register';

/** `<housing-list>`: all buildings, and the form for another. */
export class HousingListElement extends LightElement {
  static override properties = { isAdding: { state: true } };

  declare private isAdding: boolean;
  private readonly list = new Task<HousingList>(this);

  constructor() {
    super();
    this.isAdding = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="housing-title">
      <h2 class="section-title" id="housing-title">${t('housing.view_housing')}</h2>
      <p class="section-text">${t('housing.housing_text')}</p>
      ${loaded(
        this.list,
        t('housing.housing_failed'),
        () => void this.load(),
        ({ housing }) =>
          html`${housing.length === 0 ? empty(t('housing.housing_none')) : this.table(housing)}
          ${this.isAdding ? this.form() : this.addButton()}`,
      )}
    </section>`;
  }

  private table(housing: readonly HousingItem[]): TemplateResult {
    return dataTable<HousingItem>({
      caption: t('housing.view_housing'),
      rows: housing,
      key: ({ id }) => id,
      columns: [
        {
          label: t('housing.housing_name'),
          isName: true,
          cell: ({ id, name }) => html`<a class="housing-link" href="#housing/${id}">${name}</a>`,
        },
        { label: t('housing.address'), cell: ({ address }) => address },
        { label: t('housing.units'), isNumber: true, cell: ({ units }) => units },
        { label: t('housing.residents'), isNumber: true, cell: ({ residents }) => residents },
        {
          label: t('housing.view_tasks'),
          isNumber: true,
          cell: ({ tasks }) =>
            tasks === 0 ? '0' : html`<span class="badge badge-warning">${tasks}</span>`,
        },
      ],
    });
  }

  private addButton(): TemplateResult {
    return html`<button
      type="button"
      class="button"
      @click=${() => {
        this.isAdding = true;
      }}
    >
      ${icon('plus')}${t('housing.add_housing')}
    </button>`;
  }

  private form(): TemplateResult {
    return html`<housing-form
      @saved=${({ detail }: CustomEvent<AddedHousing>) => {
        this.isAdding = false;
        changed();
        say(() => t('housing.housing_added'));
        // Its units come next.
        if (detail) location.hash = `housing/${detail.id}`;
        else void this.load();
      }}
      @cancelled=${() => {
        this.isAdding = false;
        void this.updateComplete.then(() => {
          this.querySelector<HTMLElement>('.section > .button')?.focus();
        });
      }}
    ></housing-form>`;
  }

  private async load(): Promise<void> {
    await this.list.run((signal) => get<HousingList>('/api/housing', signal));
    if (this.list.value) counted(waitingIn(this.list.value.housing));
  }
}

customElements.define('housing-list', HousingListElement);
