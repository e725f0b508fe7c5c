import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../api/client';
import { dataTable } from '../../components/data-table';
import { ask } from '../../components/dialog';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { empty } from '../../components/lists';
import { say } from '../../components/messages';
import { moment } from '../../components/moment';
import { formatTime } from '../../format/dates';
import { t } from '../../i18n/areas/introductions';
import type { SheetItem } from '../../introductions/types';
import { stateName, stateTone } from '../../introductions/words';
import { Task } from '../../state/task';

/** Whether somebody withdrew who was given: whoever has the sheet has to be told. */
const isToBeTold = ({ state, residents }: SheetItem): boolean =>
  (state === 'printed' || state === 'opened') && residents.some(({ withdrawn }) => withdrawn);

/** `<sheet-list>`: the sheets that were made, to whom and with what. Fires `changed`. */
export class SheetList extends LightElement {
  static override properties = { sheets: { attribute: false } };

  declare sheets: readonly SheetItem[];
  private readonly revoking = new Task(this);

  constructor() {
    super();
    this.sheets = [];
  }

  protected override render(): TemplateResult {
    const { error } = this.revoking;
    return html`<section class="section no-print" aria-labelledby="sheets">
      <h2 class="section-title" id="sheets" tabindex="-1">${t('giving.sheets')}</h2>
      ${
        error
          ? failure(t('giving.revoke_failed'), error, () => {
              this.revoking.reset();
            })
          : nothing
      }
      ${
        this.sheets.some(isToBeTold)
          ? html`<div class="notice notice-warning">
              ${icon('warning')}<span>${t('giving.withdrawn_help')}</span>
            </div>`
          : nothing
      }
      ${this.sheets.length === 0 ? empty(t('giving.sheets_none')) : this.table()}
    </section>`;
  }

  private table(): TemplateResult {
    return dataTable<SheetItem>({
      caption: t('giving.sheets'),
      rows: this.sheets,
      key: ({ id }) => id,
      columns: [
        {
          label: t('giving.to'),
          isName: true,
          cell: ({ council_name, recipient }) =>
            html`${recipient}<br /><span class="section-text">${council_name}</span>`,
        },
        { label: t('giving.made_at'), cell: ({ made_at }) => moment(made_at) },
        { label: t('giving.state'), cell: (sheet) => this.state(sheet) },
        { label: t('giving.who'), cell: (sheet) => who(sheet) },
      ],
    });
  }

  private state(sheet: SheetItem): TemplateResult {
    const { state, opened_at, expires_at, recipient } = sheet;
    const { busy } = this.revoking;
    return html`<span class="badge ${stateTone(state)}" data-state=${state}
        >${stateName(state)}</span
      >
      ${opened_at ? moment(opened_at) : nothing}
      ${
        state === 'waiting'
          ? html`${expires_at ? t('giving.until', { time: formatTime(new Date(expires_at)) }) : nothing}
              <button
                type="button"
                class="button button-small"
                aria-label="${t('giving.revoke')}: ${recipient}"
                aria-disabled=${busy ? 'true' : nothing}
                @click=${() => void this.revoke(sheet)}
              >
                ${t('giving.revoke')}
              </button>`
          : nothing
      }`;
  }

  private async revoke({ id, recipient }: SheetItem): Promise<void> {
    const question = {
      title: () => t('giving.revoke_title'),
      text: () => t('giving.revoke_text', { recipient }),
      yes: () => t('giving.revoke'),
      danger: true,
    };
    if (this.revoking.busy || !(await ask(question))) return;
    const path = `/api/housing/introductions/sheets/${id}/revocation`;
    const isRevoked = await this.revoking.run((signal) =>
      send('POST', path, undefined, { signal }),
    );
    if (isRevoked) say(() => t('giving.revoked'));
    // It may have been opened meanwhile.
    this.dispatchEvent(new CustomEvent('changed'));
    this.querySelector<HTMLElement>('#sheets')?.focus();
  }
}

const who = ({ residents }: SheetItem): TemplateResult =>
  html`<ul class="introduction-who">
    ${residents.map(
      ({ staff_name, withdrawn }) =>
        html`<li>
          ${staff_name ?? t('giving.unknown')}
          ${withdrawn ? html`<span class="badge badge-warning">${t('giving.withdrawn')}</span>` : nothing}
        </li>`,
    )}
  </ul>`;

customElements.define('sheet-list', SheetList);
