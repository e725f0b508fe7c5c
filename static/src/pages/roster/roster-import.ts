import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../api/client';
import { dataTable } from '../../components/data-table';
import { ask } from '../../components/dialog';
import { checkField, fileField, formError, submitButton, textField } from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { moment } from '../../components/moment';
import { formatDay, today } from '../../format/dates';
import { language } from '../../i18n';
import { t } from '../../i18n/areas/roster';
import { Task } from '../../state/task';
import type { ChangeView, Confirmed, Employment, Preview, PreviewItem } from './types';
import { bringRoster } from './upload';
import { absenceName, employmentName, fieldName, loadOrganisation, tierName } from './words';

const KINDS = [
  'joined',
  'left',
  'moved',
  'tier_changed',
  'other_changed',
  'absence_changed',
] as const;

const LABELS = {
  joined: 'roster.joined',
  left: 'roster.left',
  moved: 'roster.moved',
  tier_changed: 'roster.tier_changed',
  other_changed: 'roster.other_changed',
  absence_changed: 'roster.absence_changed',
  unchanged: 'roster.unchanged',
  refused: 'roster.refused',
} as const;

/** `<roster-import>`: choose a file, look at what it changes, confirm. */
export class RosterImport extends LightElement {
  private readonly preview = new Task<Preview>(this);
  private readonly waiting = new Task<PreviewItem[]>(this);
  private readonly confirming = new Task<Confirmed>(this);
  private file: File | null = null;
  private day = today();
  private noFile = false;
  private acceptLeavers = false;
  private acceptRefused = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`
      <section class="section" aria-labelledby="import">
        <h2 class="section-title" id="import">${t('roster.view_import')}</h2>
        <form
          class="form"
          novalidate
          @submit=${(event: Event) => {
            event.preventDefault();
            void this.bring();
          }}
        >
          ${formError(this.preview.error, ['effective_on'])}
          ${fileField({
            name: 'file',
            label: t('roster.file'),
            help: t('roster.file_help'),
            required: true,
            error: this.noFile ? t('roster.file_missing') : undefined,
            accept: '.csv,.tsv,.txt,.xlsx,.xls',
            onFile: (file) => {
              this.file = file;
            },
          })}
          ${textField({
            name: 'effective_on',
            label: t('roster.file_day'),
            type: 'date',
            required: true,
            value: this.day,
            error: this.preview.fields['effective_on'],
            onInput: (day) => {
              this.day = day;
            },
          })}
          ${submitButton(t('roster.file_send'), this.preview.busy)}
        </form>
      </section>
      ${this.preview.value ? this.shown(this.preview.value) : nothing} ${this.others()}
    `;
  }

  private others(): TemplateResult {
    const show = (waiting: readonly PreviewItem[]): TemplateResult =>
      waiting.length === 0
        ? html``
        : html`<section class="section" aria-labelledby="waiting">
            <h2 class="section-title" id="waiting">${t('roster.waiting')}</h2>
            ${dataTable<PreviewItem>({
              caption: t('roster.waiting'),
              rows: waiting,
              key: ({ id }) => id,
              columns: [
                { label: t('roster.file'), isName: true, cell: ({ file_name: name }) => name },
                { label: t('roster.as_of'), cell: ({ effective_on: day }) => formatDay(day) },
                { label: t('roster.change_at'), cell: ({ made_at: at }) => moment(at) },
                {
                  label: t('roster.open'),
                  isAction: true,
                  cell: ({ id, file_name: name }) =>
                    html`<button
                      type="button"
                      class="button button-small"
                      aria-label="${t('roster.open')} ${name}"
                      @click=${() => void this.open(id)}
                    >
                      ${t('roster.open')}
                    </button>`,
                },
              ],
            })}
          </section>`;
    return loaded(this.waiting, t('roster.waiting_failed'), () => void this.load(), show);
  }

  private shown({ file_name: file, summary }: Preview): TemplateResult {
    const { counts } = summary;
    const isBlocked =
      summary.has_nameless_rows ||
      (summary.leaves_many && !this.acceptLeavers) ||
      (counts.refused > 0 && !this.acceptRefused);
    return html`<section class="section" aria-labelledby="preview">
      <h2 class="section-title" id="preview" tabindex="-1">${t('roster.preview')}</h2>
      <p>${t('roster.preview_of', { file, day: formatDay(summary.effective_on) })}</p>
      <dl class="facts">
        ${[...KINDS, 'unchanged' as const, 'refused' as const].map(
          (kind) =>
            html`<dt>${t(LABELS[kind])}</dt>
              <dd>${t('roster.count', { count: counts[kind] })}</dd>`,
        )}
      </dl>
      ${
        summary.ignored_columns.length > 0
          ? html`<p class="section-text">
              ${t('roster.ignored', { columns: summary.ignored_columns.join(', ') })}
            </p>`
          : nothing
      }
      ${
        counts.refused > 0
          ? html`<div class="notice notice-warning">
              ${icon('warning')}
              <div class="notice-text">
                <p><strong>${t('roster.refused')}</strong></p>
                <ul class="bullets">
                  ${summary.refused.map(
                    ({ line, reason }) =>
                      html`<li>
                        ${t('roster.line', { line })}:
                        ${language() === 'en' ? reason.en : reason.ja}
                      </li>`,
                  )}
                </ul>
              </div>
            </div>`
          : nothing
      }
      ${KINDS.map((kind) => this.kind(kind, summary[kind], counts[kind]))}
      ${
        summary.departments.length > 0
          ? html`<details class="card">
              <summary>${t('roster.departments')} (${counts.departments})</summary>
              <ul class="bullets">
                ${summary.departments.map(
                  ({ code, before, after }) =>
                    html`<li>${code}: ${before ?? '–'} → ${after ?? '–'}</li>`,
                )}
              </ul>
            </details>`
          : nothing
      }
      ${this.consents(summary)} ${formError(this.confirming.error)}
      <div class="button-row">
        <button
          type="button"
          class="button button-primary"
          ?disabled=${isBlocked || this.confirming.busy}
          @click=${() => void this.confirm()}
        >
          ${t('roster.confirm')}
        </button>
        <button type="button" class="button" @click=${() => void this.discard()}>
          ${t('roster.cancel')}
        </button>
      </div>
    </section>`;
  }

  private consents(summary: Preview['summary']): TemplateResult {
    const { counts } = summary;
    if (summary.has_nameless_rows) {
      return html`<div class="notice notice-error">
        ${icon('warning')}<span>${t('roster.nameless')}</span>
      </div>`;
    }
    return html`${
      summary.leaves_many
        ? checkField({
            name: 'accept_leavers',
            label: t('roster.accept_leavers', { left: counts.left, known: counts.known }),
            checked: this.acceptLeavers,
            onChange: (checked) => {
              this.acceptLeavers = checked;
              this.requestUpdate();
            },
          })
        : nothing
    }
    ${
      counts.refused > 0
        ? checkField({
            name: 'accept_refused',
            label: t('roster.accept_refused'),
            checked: this.acceptRefused,
            onChange: (checked) => {
              this.acceptRefused = checked;
              this.requestUpdate();
            },
          })
        : nothing
    }`;
  }

  private kind(
    kind: (typeof KINDS)[number],
    rows: readonly ChangeView[],
    count: number,
  ): TemplateResult {
    if (count === 0) return html``;
    const value = (field: string, text: string): string => {
      if (field === 'tier') return tierName(text);
      return field === 'employment' ? employmentName(text as Employment) : text;
    };
    const list = (fields: Record<string, string>): TemplateResult[] =>
      Object.entries(fields).map(
        ([field, text]) => html`<div>${fieldName(field)}: ${value(field, text)}</div>`,
      );
    return html`<details class="card">
      <summary>${t(LABELS[kind])} (${count})</summary>
      ${dataTable<ChangeView>({
        caption: t(LABELS[kind]),
        rows,
        key: ({ number }) => number,
        columns: [
          {
            label: t('roster.name'),
            isName: true,
            cell: ({ name, number }) => `${name} (${number})`,
          },
          { label: t('roster.before'), cell: ({ before }) => html`${list(before)}` },
          {
            label: t('roster.after'),
            cell: ({ after, absences }) =>
              html`${list(after)}
              ${absences.map(
                ({ kind: why, since, until }) =>
                  html`<div>${absenceName(why)}: ${since}–${until ?? ''}</div>`,
              )}`,
          },
        ],
      })}
      ${count > rows.length ? html`<p>${t('roster.and_more', { count: count - rows.length })}</p>` : nothing}
    </details>`;
  }

  private async load(): Promise<void> {
    await this.waiting.run(
      async (signal) =>
        (await get<{ previews: PreviewItem[] }>('/api/roster/previews', signal)).previews,
    );
  }

  private async bring(): Promise<void> {
    if (this.preview.busy) return;
    const { file, day } = this;
    this.noFile = file === null;
    this.requestUpdate();
    if (!file) return;
    this.preview.reset();
    await this.look((signal) => bringRoster(file, day, signal));
    await this.load();
  }

  private open(id: string): Promise<void> {
    return this.look((signal) =>
      get<Preview>(`/api/roster/previews/${encodeURIComponent(id)}`, signal),
    );
  }

  private async look(job: (signal: AbortSignal) => Promise<Preview>): Promise<void> {
    this.acceptLeavers = false;
    this.acceptRefused = false;
    this.confirming.reset();
    if (await this.preview.run(job)) {
      await this.updateComplete;
      this.querySelector<HTMLElement>('#preview')?.focus();
    }
  }

  private async confirm(): Promise<void> {
    const preview = this.preview.value;
    if (!preview || this.confirming.busy) return;
    const { joined, left, moved } = preview.summary.counts;
    const yes = await ask({
      title: () => t('roster.confirm_title'),
      text: () => t('roster.confirm_text', { joined, left, moved }),
      yes: () => t('roster.confirm'),
    });
    if (!yes) return;
    const body = { accept_leavers: this.acceptLeavers, accept_refused: this.acceptRefused };
    const path = `/api/roster/previews/${encodeURIComponent(preview.id)}/confirm`;
    if (!(await this.confirming.run((signal) => send<Confirmed>('POST', path, body, { signal }))))
      return;
    const isNew = Boolean(this.confirming.value?.change);
    say(() => t(isNew ? 'roster.imported' : 'roster.imported_nothing'));
    this.preview.reset();
    await Promise.all([this.load(), loadOrganisation().catch(() => undefined)]);
  }

  private async discard(): Promise<void> {
    const id = this.preview.value?.id;
    this.preview.reset();
    // One that is gone already is what was wanted.
    if (id)
      await send('DELETE', `/api/roster/previews/${encodeURIComponent(id)}`).catch(() => undefined);
    await this.load();
  }
}

customElements.define('roster-import', RosterImport);
