import { html, type TemplateResult } from 'lit';
import { ask } from '../../../components/dialog';
import { checkField, submitButton } from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { t } from '../../../i18n/areas/lead';
import type { Person } from '../../../outings/kept';

/** `<paper-list>`: a paper sheet is entered at once: whoever has a tick was there, the others were not. */
export class PaperList extends LightElement {
  static override properties = { people: { attribute: false }, ticked: { state: true } };

  declare people: readonly Person[];
  declare private ticked: ReadonlySet<string>;

  constructor() {
    super();
    this.ticked = new Set();
  }

  private get counts(): { there: number; away: number } {
    const there = this.people.filter(({ staff_id }) => this.ticked.has(staff_id)).length;
    return { there, away: this.people.length - there };
  }

  protected override render(): TemplateResult {
    return html`<details class="paper">
      <summary>${t('lead.paper_enter')}</summary>
      <form
        class="form"
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.send();
        }}
      >
        <p class="section-text">${t('lead.paper_help')}</p>
        <p>
          <button
            type="button"
            class="button button-small"
            @click=${() => {
              this.ticked = new Set(this.people.map(({ staff_id }) => staff_id));
            }}
          >
            ${t('lead.paper_all')}
          </button>
        </p>
        <ol class="paper-people">
          ${this.people.map(
            ({ staff_id, name }) =>
              html`<li>
                ${checkField({
                  name: `paper-${staff_id}`,
                  label: name,
                  checked: this.ticked.has(staff_id),
                  onChange: (checked) => {
                    const ticked = new Set(this.ticked);
                    if (checked) ticked.add(staff_id);
                    else ticked.delete(staff_id);
                    this.ticked = ticked;
                  },
                })}
              </li>`,
          )}
        </ol>
        ${submitButton(t('lead.paper_go', this.counts), false)}
      </form>
    </details>`;
  }

  private async send(): Promise<void> {
    const { counts, ticked } = this;
    const yes = await ask({
      title: () => t('lead.paper_title'),
      text: () => t('lead.paper_ask', counts),
      yes: () => t('lead.paper_yes'),
    });
    if (!yes) return;
    this.dispatchEvent(new CustomEvent('record', { detail: ticked }));
    this.querySelector('details')?.removeAttribute('open');
  }
}

customElements.define('paper-list', PaperList);
