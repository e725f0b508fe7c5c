import { html, type TemplateResult } from 'lit';
import { dataTable } from '../../components/data-table';
import { LightElement } from '../../components/light-element';
import { empty, paged } from '../../components/lists';
import { moment } from '../../components/moment';
import { formatDay } from '../../format/dates';
import { t } from '../../i18n/areas/roster';
import { Pages } from '../../state/task';
import type { ChangeItem, Changes } from './types';
import { fieldName } from './words';

/** `<roster-changes>`: imports and edits, the newest first. */
export class RosterChanges extends LightElement {
  private readonly changes = new Pages<ChangeItem, Changes>(this, ({ changes }) => changes);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.changes.start('/api/roster/changes');
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="changes">
      <h2 class="section-title" id="changes">${t('roster.view_changes')}</h2>
      ${paged(this.changes, t('roster.changes_failed'), (changes) =>
        changes.length === 0 ? empty(t('roster.changes_none')) : this.list(changes),
      )}
    </section>`;
  }

  private list(changes: readonly ChangeItem[]): TemplateResult {
    return dataTable<ChangeItem>({
      caption: t('roster.view_changes'),
      rows: changes,
      key: ({ id }) => id,
      columns: [
        {
          label: t('roster.change_what'),
          isName: true,
          cell: ({ kind, file_name: file, staff }) =>
            kind === 'import'
              ? t('roster.change_import', { file: file ?? '' })
              : html`<a href="#staff=${staff?.id ?? ''}"
                  >${t('roster.change_edit', { name: staff?.name ?? '' })}</a
                >`,
        },
        { label: t('roster.change_effective'), cell: ({ effective_on: day }) => formatDay(day) },
        {
          label: t('roster.reason'),
          cell: ({ counts, reason, fields }) =>
            counts
              ? t('roster.change_counts', {
                  joined: counts.joined,
                  left: counts.left,
                  moved: counts.moved,
                  tier: counts.tier_changed,
                })
              : `${reason} (${fields.map(fieldName).join(', ')})`,
        },
        { label: t('roster.change_by'), cell: ({ by }) => by ?? t('roster.change_command') },
        { label: t('roster.change_at'), cell: ({ made_at: at }) => moment(at) },
      ],
    });
  }
}

customElements.define('roster-changes', RosterChanges);
