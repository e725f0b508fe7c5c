import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../i18n/areas/housing';
import { PageElement } from '../../shell/page-element';
import { Watch } from '../../state/store';
import './assignment-map';
import './council-links';
import './housing-detail';
import './housing-list';
import './housing-planning';
import { type Address, addressOf, type View, VIEWS } from './model';
import { recount, registerStore } from './register';
import './register-import';
import './task-list';
import { viewName } from './words';

/** Homes and their councils stand on a map below the lists of tasks and of buildings, which count what waits by themselves. */
const hasMap = ({ view, housing }: Address): boolean =>
  (view === 'tasks' || view === 'housing') && !housing;

/** `<housing-page>`: the register of disaster housing, and which council each home belongs to. */
export class HousingPage extends PageElement {
  static override properties = { address: { state: true } };

  protected readonly needs = ['read_register'];
  declare private address: Address;

  constructor() {
    super();
    this.address = addressOf(location.hash);
    new Watch(this, registerStore, ({ waiting }) => [waiting]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.moved);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.moved);
  }

  private readonly moved = (): void => {
    const { housing: left } = this.address;
    this.address = addressOf(location.hash);
    const { housing } = this.address;
    if (left === housing) return;
    // The link that was followed is gone: the reader goes on where it led.
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>('#main')?.focus();
    });
  };

  protected override heading(): string {
    return t('housing.title');
  }

  protected override enter(): void {
    // The lists of tasks and of buildings count by themselves.
    if (!hasMap(this.address)) void recount();
  }

  protected override content(): TemplateResult {
    const { view, housing } = this.address;
    return html`
      <p class="page-lead">${t('housing.lead')}</p>
      <nav class="housing-views" aria-label=${t('housing.views')}>
        <ul>
          ${VIEWS.map(
            (name) =>
              html`<li>
                <a
                  href="#${name}"
                  aria-current=${name === view ? (housing ? 'true' : 'page') : nothing}
                  >${viewName(name)}${name === 'tasks' ? this.waiting() : nothing}</a
                >
              </li>`,
          )}
        </ul>
      </nav>
      ${this.chosen(view, housing)}
      ${hasMap(this.address) ? html`<assignment-map></assignment-map>` : nothing}
    `;
  }

  private chosen(view: View, housing: string | null): TemplateResult {
    switch (view) {
      case 'tasks':
        return html`<task-list></task-list>`;
      case 'housing':
        return housing
          ? html`<housing-detail .housing=${housing}></housing-detail>`
          : html`<housing-list></housing-list>`;
      case 'links':
        return html`<council-links></council-links>`;
      case 'planning':
        return html`<housing-planning></housing-planning>`;
      case 'import':
        return html`<register-import></register-import>`;
    }
  }

  private waiting(): TemplateResult | typeof nothing {
    const { waiting } = registerStore.state;
    if (waiting === null) return nothing;
    return html`<span class="badge ${waiting > 0 ? 'badge-warning' : 'badge-plain'}"
      ><span aria-hidden="true">${waiting}</span
      ><span class="visually-hidden">${t('housing.waiting', { count: waiting })}</span></span
    >`;
  }
}

customElements.define('housing-page', HousingPage);
