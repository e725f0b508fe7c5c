import { html, type TemplateResult } from 'lit';
import type { AuditEntries, AuditEntry } from '../../api/types';
import { type Column, dataTable } from '../../components/data-table';
import { selectField, textField } from '../../components/form';
import { icon } from '../../components/icon';
import { empty, paged } from '../../components/lists';
import { moment } from '../../components/moment';
import { actionName, ALL_ACTIONS, roleNames } from '../../format/access';
import { t } from '../../i18n/areas/audit';
import { PageElement } from '../../shell/page-element';
import { Pages } from '../../state/task';
import './audit-seal';
import { ANY, type AuditQuery, following, readQuery, writeQuery } from './query';

/** `<audit-page>`: what was done, by whom, about whom. */
export class AuditPage extends PageElement {
  protected readonly needs = ['read_audit'];
  private query = readQuery(location.search);
  private readonly entries = new Pages<AuditEntry, AuditEntries>(
    this,
    ({ entries }) => entries,
    following,
  );

  protected override heading(): string {
    return t('audit.title');
  }

  protected override enter(): void {
    void this.entries.start(`/api/audit${writeQuery(this.query)}`);
  }

  protected override content(): TemplateResult {
    return html`
      <p class="page-lead">${t('audit.lead')}</p>
      <section class="section" aria-labelledby="search">
        <h2 class="section-title" id="search">${t('audit.search')}</h2>
        ${this.form()}
      </section>
      <section class="section" aria-labelledby="entries">
        <h2 class="section-title" id="entries">${t('audit.entries')}</h2>
        ${paged(this.entries, t('audit.failed'), (entries) =>
          entries.length === 0 ? empty(t('audit.none')) : table(entries),
        )}
      </section>
      <audit-seal></audit-seal>
    `;
  }

  private form(): TemplateResult {
    const { fields } = this.entries;
    const field = (name: keyof AuditQuery, more: { label: string; type?: 'date' | 'text' }) =>
      textField({
        name,
        value: this.query[name],
        error: fields[name],
        ...more,
        onInput: (value) => {
          this.query = { ...this.query, [name]: value };
        },
      });
    return html`<form
      class="audit-form"
      role="search"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        this.search(this.query);
      }}
    >
      ${field('since', { label: t('audit.since'), type: 'date' })}
      ${field('until', { label: t('audit.until'), type: 'date' })}
      ${selectField({
        name: 'action',
        label: t('audit.action'),
        value: this.query.action,
        options: [
          { value: '', label: t('audit.any_action') },
          ...ALL_ACTIONS.map((action) => ({ value: action, label: actionName(action) })),
        ],
        onInput: (action) => {
          this.query = { ...this.query, action };
        },
      })}
      ${field('actor', { label: t('audit.actor') })}
      ${field('subject', { label: t('audit.subject') })}
      <div class="button-row">
        <button type="submit" class="button button-primary">
          ${icon('search')}${t('audit.submit')}
        </button>
        <button
          type="button"
          class="button button-quiet"
          @click=${() => {
            this.search(ANY);
          }}
        >
          ${t('audit.clear')}
        </button>
      </div>
    </form>`;
  }

  private search(query: AuditQuery): void {
    this.query = query;
    const written = writeQuery(query);
    // So that the search can be kept, or opened again after signing in.
    history.replaceState(null, '', location.pathname + written);
    void this.entries.start(`/api/audit${written}`);
  }
}

function table(entries: readonly AuditEntry[]): TemplateResult {
  const columns: Column<AuditEntry>[] = [
    { label: t('audit.action'), isName: true, cell: ({ action }) => actionName(action) },
    { label: t('audit.at'), cell: ({ at }) => moment(at) },
    {
      label: t('audit.by'),
      cell: ({ actor, roles }) => {
        if (!actor) return t('audit.system');
        // Nobody has a role before they are signed in.
        return roles.length > 0 ? `${actor} (${roleNames(roles)})` : actor;
      },
    },
    {
      label: t('audit.outcome'),
      cell: ({ outcome }) =>
        outcome === 'done'
          ? t('audit.done')
          : html`<span class="badge badge-warning">${t('audit.refused')}</span>`,
    },
    {
      label: t('audit.people'),
      cell: ({ people }) => (people > 0 ? t('audit.people_count', { count: people }) : '-'),
    },
    { label: t('audit.more'), isAction: true, cell: more },
  ];
  return dataTable<AuditEntry>({
    caption: t('audit.entries'),
    rows: entries,
    key: ({ id }) => id,
    columns,
  });
}

function more(entry: AuditEntry): TemplateResult {
  const { id, object_kind: kind, object_id: object, detail, seq } = entry;
  const hasDetail = detail !== null && typeof detail === 'object' && Object.keys(detail).length > 0;
  return html`<details class="audit-more">
    <summary>${t('audit.more')}</summary>
    <p class="code">${t('audit.id')}: ${id}</p>
    ${kind ? html`<p class="code">${t('audit.object')}: ${kind} ${object}</p>` : ''}
    ${hasDetail ? html`<p class="code">${JSON.stringify(detail, null, 1)}</p>` : ''}
    <p class="code">${t('audit.seq')}: ${seq ?? t('audit.not_sealed')}</p>
  </details>`;
}

customElements.define('audit-page', AuditPage);
