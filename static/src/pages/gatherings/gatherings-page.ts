import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import type { Me } from '../../api/types';
import { dataTable } from '../../components/data-table';
import { selectField } from '../../components/form';
import { icon } from '../../components/icon';
import { langOf } from '../../components/lang-of';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { fiscalYear, fiscalYearName, yearsUntil } from '../../format/fiscal-year';
import type { CountedGathering, GatheringList } from '../../gatherings/types';
import { badges, councilsOf } from '../../gatherings/words';
import { t } from '../../i18n/areas/gatherings';
import { whenOf } from '../../outings/when';
import { OfflinePage } from '../../shell/offline-page';
import { may } from '../../shell/session';
import { Task } from '../../state/task';
import './gathering-detail';
import './gathering-figures';
import './gathering-form';
import './handover-notes';

const idOf = (hash: string): string | null =>
  /^#[0-9a-f-]{36}$/.test(hash) ? hash.slice(1) : null;

/** `<gatherings-page>`: the gatherings of a fiscal year, one of them with its roll, and for the registrar what they add up to. */
export class GatheringsPage extends OfflinePage {
  static override properties = {
    ...OfflinePage.properties,
    shown: { state: true },
    year: { state: true },
    isAdding: { state: true },
  };

  protected readonly needs = ['read_gatherings'];
  private readonly list = new Task<GatheringList>(this);
  /** The gathering that is open. */
  declare private shown: string | null;
  declare private year: number;
  declare private isAdding: boolean;

  constructor() {
    super();
    this.shown = idOf(location.hash);
    this.year = fiscalYear(Date.now());
    this.isAdding = false;
  }

  private readonly moved = (): void => {
    this.shown = idOf(location.hash);
    this.isAdding = false;
    if (!this.shown) void this.load();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('#main')?.focus());
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.moved);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.moved);
  }

  protected override heading(): string {
    return t('gatherings.title');
  }

  protected override enter(): void {
    if (!this.shown) void this.load();
  }

  private load(): Promise<boolean> {
    const path = `/api/gatherings?fiscal_year=${this.year}`;
    return this.list.run((signal) => get(path, signal));
  }

  protected override content(who: Me | null): TemplateResult {
    const keeps = who !== null && may('write_gatherings', who);
    const { outbox, shown } = this;
    if (shown) {
      return html`${this.bars(false)}
        <p>
          <a class="button button-quiet" href="#">${icon('left')}${t('gatherings.back')}</a>
        </p>
        <gathering-detail
          .gathering=${shown}
          .keeps=${keeps}
          .account=${this.account()}
          .outbox=${outbox}
          .unsent=${outbox?.state.state.items}
        ></gathering-detail>`;
    }
    return html`${this.bars(false)}
      <p class="page-lead">${t('gatherings.lead')}</p>
      ${this.all(keeps)}
      ${
        keeps
          ? html`<gathering-figures .year=${this.year}></gathering-figures>
              <handover-notes></handover-notes>`
          : nothing
      }`;
  }

  private all(keeps: boolean): TemplateResult {
    return html`<section class="section" aria-labelledby="list">
      <h2 class="section-title" id="list">${t('gatherings.list')}</h2>
      ${selectField({
        name: 'year',
        label: t('gatherings.year'),
        value: String(this.year),
        // What is planned may be in the year to come.
        options: yearsUntil(fiscalYear(Date.now()) + 1).map((year) => ({
          value: String(year),
          label: fiscalYearName(year),
        })),
        onInput: (value) => {
          this.year = Number(value);
          void this.load();
        },
      })}
      ${loaded(
        this.list,
        t('gatherings.failed'),
        () => void this.load(),
        ({ gatherings }) =>
          gatherings.length === 0
            ? empty(t(keeps ? 'gatherings.none' : 'gatherings.none_called'))
            : this.table(gatherings),
      )}
      ${keeps ? this.adding() : nothing}
    </section>`;
  }

  private table(gatherings: readonly CountedGathering[]): TemplateResult {
    return dataTable<CountedGathering>({
      caption: t('gatherings.list'),
      rows: gatherings,
      key: ({ id }) => id,
      columns: [
        {
          label: t('gatherings.name'),
          isName: true,
          cell: ({ id, title }) => html`<a href="#${id}" lang=${langOf(title)}>${title}</a>`,
        },
        { label: t('gathering.when'), cell: whenOf },
        { label: t('gathering.of'), cell: councilsOf },
        { label: t('gatherings.state'), cell: badges },
        { label: t('gatherings.signed_up'), isNumber: true, cell: ({ signed_up }) => signed_up },
        { label: t('gatherings.present'), isNumber: true, cell: ({ present }) => present },
      ],
    });
  }

  private adding(): TemplateResult {
    if (!this.isAdding) {
      return html`<button
        type="button"
        class="button button-primary"
        data-add
        @click=${() => {
          this.isAdding = true;
        }}
      >
        ${icon('plus')}${t('gatherings.add')}
      </button>`;
    }
    return html`<gathering-form
      .gathering=${null}
      @saved=${({ detail }: CustomEvent<CountedGathering>) => {
        say(() => t('gatherings.added'));
        location.hash = detail.id;
      }}
      @cancelled=${() => {
        this.isAdding = false;
      }}
    ></gathering-form>`;
  }
}

customElements.define('gatherings-page', GatheringsPage);
