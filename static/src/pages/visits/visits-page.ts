import { html, nothing, type TemplateResult } from 'lit';
import { missing, selectField, submitButton, textField } from '../../components/form';
import { fiscalYear, fiscalYearName, yearsUntil } from '../../format/fiscal-year';
import { type Key, t } from '../../i18n/areas/visits';
import { PageElement } from '../../shell/page-element';
import { may } from '../../shell/session';
import './parts/import-form';
import './parts/observation-list';
import './parts/visit-list';

/** What the page can show, by the part of its address behind the `#`. */
const VIEWS = {
  pending: 'visits.view_pending',
  flagged: 'visits.view_flagged',
  person: 'visits.view_person',
  observations: 'visits.view_observations',
  import: 'visits.view_import',
} as const satisfies Record<string, Key>;
type View = keyof typeof VIEWS;

const isView = (name: string): name is View => Object.hasOwn(VIEWS, name);

/** `<visits-page>`: visits that wait for a trainer, observations, and files of phones. */
export class VisitsPage extends PageElement {
  static override properties = { view: { state: true } };

  protected readonly needs = ['decide_visits'];
  declare private view: View;
  private readonly thisYear = fiscalYear(Date.now());
  private year = this.thisYear;
  private login = '';
  /** Whose visits are shown. */
  private shown: string | null = null;
  private wrong: Record<string, string> = {};

  constructor() {
    super();
    this.view = 'pending';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.follow);
    this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.follow);
  }

  private readonly follow = (): void => {
    const name = location.hash.slice(1);
    this.view = isView(name) ? name : 'pending';
  };

  protected override heading(): string {
    return t('visits.title');
  }

  protected override content(): TemplateResult {
    const views = (Object.keys(VIEWS) as View[]).filter(
      (view) => view !== 'import' || may('import_visits'),
    );
    return html`
      <p class="page-lead">${t('visits.lead')}</p>
      <nav class="visit-views" aria-label=${t('visits.views')}>
        <ul>
          ${views.map(
            (view) =>
              html`<li>
                <a href="#${view}" aria-current=${view === this.view ? 'true' : 'false'}
                  >${t(VIEWS[view])}</a
                >
              </li>`,
          )}
        </ul>
      </nav>
      <section class="section" aria-labelledby="view">
        <h2 class="section-title" id="view">${t(VIEWS[this.view])}</h2>
        ${this.chosen()}
      </section>
    `;
  }

  private chosen(): TemplateResult {
    switch (this.view) {
      case 'pending':
        return html`<p class="section-text">${t('visits.pending_text')}</p>
          ${list('/api/visits?state=pending', t('visits.pending_none'))}`;
      case 'flagged':
        return html`<p class="section-text">${t('visits.flagged_text')}</p>
          <div class="visit-filter">${this.years()}</div>
          ${list(`/api/visits?state=flagged&fiscal_year=${this.year}`, t('visits.flagged_none'))}`;
      case 'person':
        return this.person();
      case 'observations':
        return html`<observation-list></observation-list>`;
      case 'import':
        return html`<import-form></import-form>`;
    }
  }

  private person(): TemplateResult {
    return html`<p class="section-text">${t('visits.person_text')}</p>
      <form
        class="visit-filter"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          this.wrong = missing({ login: this.login });
          this.shown = this.wrong['login'] ? null : this.login.trim();
          this.requestUpdate();
        }}
      >
        ${textField({
          name: 'login',
          label: t('visits.person_login'),
          value: this.login,
          required: true,
          maxLength: 64,
          error: this.wrong['login'],
          onInput: (value) => {
            this.login = value;
          },
        })}
        ${this.years()} ${submitButton(t('visits.person_show'), false)}
      </form>
      ${
        this.shown === null
          ? nothing
          : list(
              `/api/visits?state=person&limit=100&fiscal_year=${this.year}&login=${encodeURIComponent(this.shown)}`,
              t('visits.person_none'),
            )
      }`;
  }

  private years(): TemplateResult {
    return selectField({
      name: 'year',
      label: t('visits.year'),
      value: String(this.year),
      options: yearsUntil(this.thisYear).map((year) => ({
        value: String(year),
        label: fiscalYearName(year),
      })),
      onInput: (value) => {
        this.year = Number(value);
        this.requestUpdate();
      },
    });
  }
}

const list = (path: string, none: string): TemplateResult =>
  html`<visit-list .path=${path} .none=${none}></visit-list>`;

customElements.define('visits-page', VisitsPage);
