import { html, nothing, type TemplateResult } from 'lit';
import type { ActivationDocument, ActivationList } from '../../activation/types';
import { markedTitle } from '../../activation/words';
import { get } from '../../api/client';
import { icon } from '../../components/icon';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { t } from '../../i18n/areas/activations';
import { PageElement } from '../../shell/page-element';
import { may } from '../../shell/session';
import { Task } from '../../state/task';
import { type Address, addressOf } from './address';
import './declare-form';
import { pastList } from './past-list';
import './review';
import { openOf, pastOf } from './roll';
import './activation-roll';

/** `<activations-page>`: declares activations, follows the one that goes on, and looks back on those that are over. */
export class ActivationsPage extends PageElement {
  static override properties = { address: { state: true }, isDeclaring: { state: true } };

  protected readonly needs = ['read_roll_call'];
  declare private address: Address;
  declare private isDeclaring: boolean;
  private readonly all = new Task<ActivationList>(this);

  constructor() {
    super();
    this.address = addressOf(location.hash);
    this.isDeclaring = false;
  }

  private readonly moved = (): void => {
    this.address = addressOf(location.hash);
    this.isDeclaring = false;
    void this.load();
    // The link that was followed is gone: the reader goes on where it led.
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>('#main')?.focus();
    });
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
    return t('activations.page');
  }

  protected override enter(): void {
    void this.load();
  }

  protected override content(): TemplateResult {
    const { address } = this;
    const tab = (name: 'now' | 'past', label: string): TemplateResult => {
      const isHere = address.view === name || (name === 'past' && address.view === 'review');
      const current = isHere ? (address.view === 'review' ? 'true' : 'page') : nothing;
      return html`<li><a href="#${name}" aria-current=${current}>${label}</a></li>`;
    };
    return html`
      <p class="page-lead no-print">${t('activations.lead')}</p>
      <nav class="activations-views no-print" aria-label=${t('activations.views')}>
        <ul>
          ${tab('now', t('activations.now'))} ${tab('past', t('activations.past'))}
        </ul>
      </nav>
      ${
        address.view === 'review'
          ? html`<activation-review .activation=${address.id}></activation-review>`
          : loaded(
              this.all,
              t('activations.failed'),
              () => void this.load(),
              ({ activations }) =>
                address.view === 'past'
                  ? pastList(pastOf(activations))
                  : this.now(openOf(activations)),
            )
      }
    `;
  }

  private now(open: ActivationDocument | null): TemplateResult {
    if (open) return html`<activation-roll .activation=${open.id}></activation-roll>`;
    if (this.isDeclaring) {
      return html`<declare-form
        @declared=${({ detail }: CustomEvent<ActivationDocument>) => void this.declared(detail)}
        @stale=${() => {
          this.isDeclaring = false;
          void this.load();
        }}
        @cancelled=${() => {
          this.isDeclaring = false;
          void this.updateComplete.then(() => {
            this.querySelector<HTMLElement>('.activations-begin')?.focus();
          });
        }}
      ></declare-form>`;
    }
    return html`<section class="section" aria-labelledby="now">
      <h2 class="section-title" id="now">${t('activations.now')}</h2>
      ${empty(t('activations.now_none'))}
      ${
        may('run_activations')
          ? html`<button
              type="button"
              class="button button-primary activations-begin"
              @click=${() => {
                this.isDeclaring = true;
              }}
            >
              ${icon('bell')}${t('activations.declare')}
            </button>`
          : nothing
      }
    </section>`;
  }

  private async declared(activation: ActivationDocument): Promise<void> {
    this.isDeclaring = false;
    say(() => t('activations.declared_now', { title: markedTitle(activation) }));
    await this.load();
    await this.updateComplete;
    this.querySelector<HTMLElement>('#main')?.focus();
  }

  private async load(): Promise<void> {
    await this.all.run((signal) => get<ActivationList>('/api/activations', signal));
  }
}

customElements.define('activations-page', ActivationsPage);
