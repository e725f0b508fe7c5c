import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../api/client';
import { ask } from '../../components/dialog';
import { failure } from '../../components/failure';
import { selectField } from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { t } from '../../i18n/areas/training';
import { Task } from '../../state/task';
import { departmentsOf, type Reminded, remindersPath, type Report } from './model';

/** `<send-reminders>`: reminds those who have not completed a programme, after saying how many they are. */
export class SendReminders extends LightElement {
  static override properties = { report: { attribute: false }, department: { state: true } };

  /** The figures on the page. */
  declare report: Report;
  /** Only in that department and below; empty for all within reach. */
  declare private department: string;
  /** What came of it last, and of which programme. */
  private done: { of: string; result: Reminded } | null = null;
  private readonly sending = new Task<Reminded>(this);

  constructor() {
    super();
    this.department = '';
  }

  protected override render(): TemplateResult {
    const departments = departmentsOf(this.report);
    const done = this.done?.of === this.report.programme_id ? this.done.result : null;
    return html`<section class="section" aria-labelledby="reminders">
      <h2 class="section-title" id="reminders">${t('completion.remind')}</h2>
      <p class="section-text">${t('completion.remind_text')}</p>
      ${
        departments.length > 1
          ? html`<div class="record-year">
              ${selectField({
                name: 'remind_department',
                label: t('completion.remind_department'),
                value: this.chosen(),
                options: [
                  { value: '', label: t('completion.remind_all') },
                  ...departments.map(({ key, name }) => ({ value: key, label: name ?? key })),
                ],
                onInput: (value) => {
                  this.department = value;
                },
              })}
            </div>`
          : nothing
      }
      ${
        this.sending.error
          ? failure(t('completion.remind_failed'), this.sending.error, () => void this.start())
          : nothing
      }
      <button
        type="button"
        class="button"
        aria-disabled=${this.sending.busy ? 'true' : nothing}
        @click=${() => {
          if (!this.sending.busy) void this.start();
        }}
      >
        ${icon('bell')}${t('completion.remind')}
      </button>
      <div role="status">${done ? this.result(done) : nothing}</div>
    </section>`;
  }

  /** What came of it: numbers, and why some were not told. */
  private result({ told, recently, absent }: Reminded): TemplateResult {
    return html`<div class="notice" data-reminded>
      ${icon(told > 0 ? 'check' : 'info')}
      <div class="notice-text">
        <p>
          <strong
            >${
              told > 0 ? t('completion.reminded', { count: told }) : t('completion.reminded_none')
            }</strong
          >
        </p>
        ${skipped({ recently, absent })}
      </div>
    </div>`;
  }

  /** The department that is chosen, as long as it is one of those to choose from. */
  private chosen(): string {
    const is = departmentsOf(this.report).some(({ key }) => key === this.department);
    return is ? this.department : '';
  }

  private async start(): Promise<void> {
    const { programme_id: programme, fiscal_year: year } = this.report;
    const department = this.chosen();
    const found = await this.sending.run((signal) =>
      get<Reminded>(remindersPath(year, programme, department), signal),
    );
    const preview = this.sending.value;
    if (!found || !preview) return;
    if (preview.told === 0) {
      this.show(programme, preview);
      return;
    }
    const sure = await ask({
      title: () => t('completion.remind_title', { count: preview.told }),
      text: () =>
        html`<p>${t('completion.remind_ask')}</p>
          ${skipped(preview)}`,
      yes: () => t('completion.remind_yes'),
    });
    if (!sure) return;
    const body = {
      programme_id: programme,
      fiscal_year: year,
      ...(department ? { department_id: department } : {}),
    };
    const sent = await this.sending.run((signal) =>
      send<Reminded>('POST', '/api/training/reminders', body, { signal }),
    );
    if (sent && this.sending.value) this.show(programme, this.sending.value);
  }

  private show(of: string, result: Reminded): void {
    this.done = { of, result };
    this.requestUpdate();
  }
}

const skipped = ({
  recently,
  absent,
}: Pick<Reminded, 'recently' | 'absent'>): TemplateResult => html`
  ${recently > 0 ? html`<p>${t('completion.reminded_recently', { count: recently })}</p>` : nothing}
  ${absent > 0 ? html`<p>${t('completion.reminded_absent', { count: absent })}</p>` : nothing}
`;

customElements.define('send-reminders', SendReminders);
