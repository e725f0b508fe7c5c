import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../api/client';
import type { Retention, RetentionClass, RetentionRun, RetentionRunResult } from '../../api/types';
import { dataTable } from '../../components/data-table';
import { ask } from '../../components/dialog';
import { failure } from '../../components/failure';
import { loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { moment } from '../../components/moment';
import { formatDay, today } from '../../format/dates';
import { pick } from '../../i18n';
import { type Key, t } from '../../i18n/areas/retention';
import { PageElement } from '../../shell/page-element';
import { may } from '../../shell/session';
import { Task } from '../../state/task';
import './period-form';
import { erasedWords, periodWords } from './words';

const CAUSES = {
  daily: 'retention.cause_daily',
  person: 'retention.cause_person',
  command: 'retention.cause_command',
} as const satisfies Record<RetentionRun['cause'], Key>;

/** `<retention-page>`: how long each class of data is kept, and what is past that. */
export class RetentionPage extends PageElement {
  protected readonly needs = ['read_retention'];
  private readonly retention = new Task<Retention>(this);
  private readonly running = new Task<RetentionRunResult>(this);
  /** The class whose period is being changed. */
  private changing: string | null = null;

  protected override heading(): string {
    return t('retention.title');
  }

  protected override enter(): void {
    void this.load();
  }

  protected override content(): TemplateResult {
    return html`
      <p class="page-lead">${t('retention.lead')}</p>
      ${loaded(
        this.retention,
        t('retention.failed'),
        () => void this.load(),
        ({ classes, runs }) => html`
          ${this.due(classes)} ${this.classes(classes)} ${this.form(classes)} ${this.notes()}
          ${this.runs(runs, classes)}
        `,
      )}
    `;
  }

  private load(): Promise<boolean> {
    return this.retention.run((signal) => get('/api/retention', signal));
  }

  private due(classes: readonly RetentionClass[]): TemplateResult {
    const due = classes.filter((one) => one.due > 0);
    return html`<section class="section" aria-labelledby="due-title">
      <h2 class="section-title" id="due-title">${t('retention.now')}</h2>
      ${
        due.length === 0
          ? html`<p>${t('retention.nothing_due')}</p>`
          : html`<p class="section-text">${t('retention.due_lead')}</p>
              <dl class="facts">
                ${due.map(
                  (one) =>
                    html`<dt>${pick(one.title)}</dt>
                      <dd>${t('retention.items', { count: one.due })}</dd>`,
                )}
              </dl>`
      }
      ${
        this.running.error
          ? failure(t('retention.run_failed'), this.running.error, () => void this.run(classes))
          : nothing
      }
      ${
        due.length > 0 && may('write_retention')
          ? html`<button
              type="button"
              class="button button-danger"
              aria-disabled=${this.running.busy ? 'true' : nothing}
              @click=${() => void this.run(classes)}
            >
              ${this.running.busy ? t('form.sending') : t('retention.run')}
            </button>`
          : nothing
      }
    </section>`;
  }

  private classes(classes: readonly RetentionClass[]): TemplateResult {
    return html`<section class="section" aria-labelledby="classes-title">
      <h2 class="section-title" id="classes-title">${t('retention.classes')}</h2>
      ${dataTable<RetentionClass>({
        caption: t('retention.classes'),
        rows: classes,
        key: (one) => one.class,
        isCurrent: (one) => one.class === this.changing,
        columns: [
          {
            label: t('retention.class'),
            isName: true,
            cell: (one) =>
              html`${pick(one.title)}
                <p class="retention-erases">${pick(one.erases)}</p>`,
          },
          {
            label: t('retention.period'),
            cell: (one) => html`${periodWords(one, one.period)} ${this.changed(one)}`,
          },
          {
            label: t('retention.due'),
            isNumber: true,
            cell: (one) =>
              one.due > 0
                ? html`<span class="retention-due"
                    >${t('retention.items', { count: one.due })}</span
                  >`
                : t('retention.none'),
          },
          ...(may('write_retention')
            ? [
                {
                  label: t('retention.action'),
                  isAction: true,
                  cell: (one: RetentionClass) =>
                    html`<button
                      type="button"
                      class="button button-small"
                      aria-label=${t('retention.change_of', { title: pick(one.title) })}
                      @click=${() => void this.change(one)}
                    >
                      ${t('retention.change')}
                    </button>`,
                },
              ]
            : []),
        ],
      })}
    </section>`;
  }

  private changed({ changed_at, reason }: RetentionClass): TemplateResult | typeof nothing {
    if (!changed_at) return nothing;
    const day = formatDay(today(new Date(changed_at)));
    return html`<p class="retention-changed">${t('retention.changed', { day, reason })}</p>`;
  }

  private form(classes: readonly RetentionClass[]): TemplateResult | typeof nothing {
    const of = classes.find((one) => one.class === this.changing);
    if (!of) return nothing;
    return html`<period-form
      .class=${of}
      @saved=${() => void this.close(true)}
      @cancelled=${() => void this.close(false)}
    ></period-form>`;
  }

  private async change(of: RetentionClass): Promise<void> {
    this.changing = of.class;
    this.requestUpdate();
    await this.updateComplete;
    const form = this.querySelector<HTMLElement & { updateComplete: Promise<boolean> }>(
      'period-form',
    );
    await form?.updateComplete;
    const title = this.querySelector<HTMLElement>('#period-form-title');
    title?.focus();
    title?.scrollIntoView({ block: 'center' });
  }

  /** Back to the button that opened the form. */
  private async close(again: boolean): Promise<void> {
    const opened = this.changing;
    this.changing = null;
    this.requestUpdate();
    if (again) await this.load();
    await this.updateComplete;
    this.querySelector<HTMLElement>(`tr[data-key="${opened ?? ''}"] button`)?.focus();
  }

  private notes(): TemplateResult {
    return html`<section class="section" aria-labelledby="notes-title">
      <h2 class="section-title" id="notes-title">${t('retention.notes')}</h2>
      <ul class="retention-notes">
        <li>${t('retention.note_law')}</li>
        <li>${t('retention.note_ward')}</li>
        <li>${t('retention.note_audit')}</li>
      </ul>
    </section>`;
  }

  private runs(runs: readonly RetentionRun[], classes: readonly RetentionClass[]): TemplateResult {
    return html`<section class="section" aria-labelledby="runs-title">
      <h2 class="section-title" id="runs-title">${t('retention.runs')}</h2>
      ${
        runs.length === 0
          ? html`<p>${t('retention.no_runs')}</p>`
          : dataTable<RetentionRun>({
              caption: t('retention.runs'),
              rows: runs,
              key: (run) => run.started_at,
              columns: [
                {
                  label: t('retention.started'),
                  isName: true,
                  cell: (run) => moment(run.started_at),
                },
                { label: t('retention.cause'), cell: (run) => t(CAUSES[run.cause]) },
                {
                  label: t('retention.erased'),
                  cell: (run) =>
                    html`${erasedWords(run.erased, classes) || t('retention.none')}
                    ${run.ended_at ? nothing : html`(${t('retention.unfinished')})`}`,
                },
              ],
            })
      }
    </section>`;
  }

  private async run(classes: readonly RetentionClass[]): Promise<void> {
    if (this.running.busy) return;
    // What is due at this moment, not when the page was opened.
    const planned = await this.running.run((signal) =>
      send('POST', '/api/retention/run', { dry_run: true }, { signal }),
    );
    const plan = this.running.value?.erased ?? [];
    if (!planned) return;
    const isSure =
      plan.length > 0 &&
      (await ask({
        title: () => t('retention.run_sure'),
        text: () => t('retention.run_text', { list: erasedWords(plan, classes) }),
        yes: () => t('retention.run'),
        danger: true,
      }));
    if (isSure) {
      const done = await this.running.run((signal) =>
        send('POST', '/api/retention/run', { dry_run: false }, { signal }),
      );
      const { value } = this.running;
      if (!done || !value) return;
      say(() =>
        value.complete
          ? t('retention.run_done', { list: erasedWords(value.erased, classes) })
          : t('retention.run_rest'),
      );
    } else if (plan.length === 0) {
      say(() => t('retention.run_nothing'));
    }
    await this.load();
  }
}

customElements.define('retention-page', RetentionPage);
