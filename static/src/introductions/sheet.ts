/** The sheet as a chair has it: in the preview, on paper, behind a link. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../components/icon';
import { langOf } from '../components/lang-of';
import { moment } from '../components/moment';
import { t } from '../i18n/areas/introduction-words';
import type { Field, Person, SharedText } from './types';
import { fieldName } from './words';

/** What stands in a sheet. */
export interface SheetContent {
  council_name: string;
  recipient: string;
  made_at: string;
  people: readonly Person[];
}

const textOf = (fields: readonly SharedText[], field: Field): string | null =>
  fields.find((one) => one.field === field)?.text ?? null;

/** These are the headline of a person. */
const HEAD: readonly Field[] = ['name', 'reading'];

/** What is shared of one person. */
export function personCard({ fields }: Pick<Person, 'fields'>): TemplateResult {
  const [name, reading] = [textOf(fields, 'name'), textOf(fields, 'reading')];
  const rest = fields.filter(({ field }) => !HEAD.includes(field));
  return html`<div class="introduced">
    <p class="introduced-name">
      ${name ? html`<strong lang=${langOf(name)}>${name}</strong>` : html`<span>${t('introduction.no_name')}</span>`}
      ${reading ? html`<span class="introduced-reading" lang=${langOf(reading)}>${reading}</span>` : nothing}
    </p>
    ${
      rest.length === 0
        ? nothing
        : html`<dl class="introduced-facts">
            ${rest.map(
              ({ field, text }) =>
                html`<div>
                  <dt>${fieldName(field)}</dt>
                  <dd lang=${langOf(text)}>${text}</dd>
                </div>`,
            )}
          </dl>`
    }
  </div>`;
}

/** The whole sheet. */
export const sheet = ({ council_name, recipient, made_at, people }: SheetContent): TemplateResult =>
  html`<section class="introduction-sheet" aria-label=${t('introduction.sheet')}>
    <p class="introduction-kind">${t('introduction.sheet')}</p>
    <p class="introduction-to">
      <span lang=${langOf(council_name)}>${council_name}</span>
      <strong lang=${langOf(recipient)}>${t('introduction.sheet_for', { recipient })}</strong>
    </p>
    <p>${t('introduction.sheet_lead')} ${t('introduction.people', { count: people.length })}</p>
    <ul class="introduction-people">
      ${people.map((person) => html`<li>${personCard(person)}</li>`)}
    </ul>
    <p class="introduction-note">${t('introduction.sheet_use')}</p>
    <p class="introduction-note">${t('introduction.sheet_made', { time: '' })}${moment(made_at)}</p>
  </section>`;

/** The button that prints the sheet of the page. */
export const printButton = (): TemplateResult =>
  html`<button
    type="button"
    class="button button-primary"
    @click=${() => {
      window.print();
    }}
  >
    ${icon('print')}${t('introduction.print')}
  </button>`;
