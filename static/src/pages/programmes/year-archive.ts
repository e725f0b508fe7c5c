import { html, nothing, type TemplateResult } from 'lit';
import { download, send } from '../../api/client';
import type { components } from '../../api/schema';
import { failure } from '../../components/failure';
import { checkField } from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { save } from '../../components/save';
import { formatDay } from '../../format/dates';
import { fiscalYear } from '../../format/fiscal-year';
import { t } from '../../i18n/areas/exports';
import { Task } from '../../state/task';

type Made = components['schemas']['ArchiveDocument'];

/** `<year-archive>`: makes a year's signed archive, and its report. */
export class YearArchive extends LightElement {
  private of = 0;
  private people = false;
  private readonly making = new Task<Made>(this);
  private readonly printing = new Task(this);

  /** The fiscal year. */
  set year(year: number) {
    if (year === this.of) return;
    this.of = year;
    this.people = false;
    this.making.reset();
    this.printing.reset();
  }

  protected override render(): TemplateResult | typeof nothing {
    const thisYear = fiscalYear(Date.now());
    if (this.of > thisYear) return nothing;
    const made = this.making.value;
    return html`<section class="section" aria-labelledby="archive">
      <h2 class="section-title" id="archive">${t('archive.title')}</h2>
      <p class="section-text">
        ${t('archive.lead')} ${this.of === thisYear ? t('archive.provisional_lead') : nothing}
      </p>
      ${checkField({
        name: 'archive-people',
        label: t('archive.people'),
        checked: this.people,
        onChange: (people) => {
          this.people = people;
          this.making.reset();
        },
      })}
      <p class="section-text">${t('archive.people_help')}</p>
      <div class="button-row">
        <button
          type="button"
          class="button"
          ?disabled=${this.making.busy}
          @click=${() => void this.make()}
        >
          ${t('archive.make')}
        </button>
      </div>
      ${
        this.making.error
          ? failure(t('archive.failed'), this.making.error, () => void this.make())
          : nothing
      }
      ${made ? this.made(made) : nothing}
    </section>`;
  }

  private made(made: Made): TemplateResult {
    return html`<div class="card archive-made">
      <h3 tabindex="-1">
        ${t('archive.made_title')}
        <span class="badge ${made.provisional ? 'badge-sample' : 'badge-done'}"
          >${t(made.provisional ? 'archive.provisional' : 'archive.final')}</span
        >
      </h3>
      <p>${t('archive.as_of', { day: formatDay(made.as_of) })} ${t('archive.made')}</p>
      <dl class="archive-digests">
        <dt>${t('archive.sha256')}</dt>
        <dd>${made.sha256}</dd>
        <dt>${t('archive.fingerprint')}</dt>
        <dd>${made.fingerprint}</dd>
      </dl>
      <div class="button-row">
        <button
          type="button"
          class="button button-primary"
          @click=${() => {
            save({ name: made.file_name, blob: fileOf(made) });
          }}
        >
          ${icon('download')}${t('archive.save_file')}
        </button>
        <button
          type="button"
          class="button"
          ?disabled=${this.printing.busy}
          @click=${() => void this.print(made)}
        >
          ${icon('print')}${t('archive.save_report')}
        </button>
      </div>
      ${
        this.printing.error
          ? failure(t('archive.report_failed'), this.printing.error, () => void this.print(made))
          : nothing
      }
    </div>`;
  }

  private async make(): Promise<void> {
    if (this.making.busy) return;
    this.printing.reset();
    const body = { fiscal_year: this.of, people: this.people };
    const done = await this.making.run((signal) =>
      send<Made>('POST', '/api/training/archives', body, { signal }),
    );
    if (!done) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>('.archive-made h3')?.focus();
  }

  private async print(made: Made): Promise<void> {
    if (this.printing.busy) return;
    await this.printing.run(async (signal) => {
      const report = await download('/api/training/archives/report.pdf', {
        signal,
        method: 'POST',
        body: fileOf(made),
      });
      if (!signal.aborted) save({ ...report, name: made.report_name });
    });
  }
}

/** The archive's file, byte for byte: a blob of a text is UTF-8. */
const fileOf = ({ file }: Made): Blob => new Blob([file], { type: 'application/json' });

customElements.define('year-archive', YearArchive);
