import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../api/client';
import { failure } from '../../components/failure';
import { LightElement } from '../../components/light-element';
import { today } from '../../format/dates';
import { t } from '../../i18n/areas/housing';
import { Task } from '../../state/task';
import { settledBody } from './bodies';
import './decision-form';
import { type CouncilChoice, isTickable, type TaskItem, versionTag } from './model';
import { suggestionView } from './suggestion';
import { homeText, periodText, personText, sinceText } from './words';

/**
 * `<task-card>`: one thing that waits, with what can be done about it. Fires `tick`, `decided`,
 * `settled`, and `stale` when somebody else was first.
 */
export class TaskCard extends LightElement {
  static override properties = {
    task: { attribute: false },
    councils: { attribute: false },
    isTicked: { type: Boolean },
  };

  declare task: TaskItem;
  declare councils: readonly CouncilChoice[];
  declare isTicked: boolean;
  private readonly settling = new Task(this);

  protected override render(): TemplateResult {
    const { task } = this;
    const id = task.residency_id;
    return html`<article class="card" aria-labelledby="task-${id}" data-task=${id}>
      <header class="housing-task-head">
        <h4 id="task-${id}" tabindex="-1">${homeText(task)}</h4>
        ${isTickable(task) ? this.tick() : nothing}
      </header>
      <p class="housing-task-facts">
        <strong>${personText(task)}</strong> <span>${sinceText(task, today())}</span>
        ${task.until ? html`<span>${periodText(task)}</span>` : nothing}
      </p>
      ${
        task.assignment.reason
          ? html`<p>${t('housing.reason_before', { reason: task.assignment.reason })}</p>`
          : nothing
      }
      <div class="housing-task-body">
        ${task.suggestion ? suggestionView(task.suggestion) : nothing}
        ${task.kind === 'moved_out' ? this.settle() : this.form()}
      </div>
    </article>`;
  }

  private tick(): TemplateResult {
    return html`<label class="check">
      <input
        type="checkbox"
        aria-label=${t('housing.tick_home', { home: homeText(this.task) })}
        .checked=${this.isTicked}
        @change=${(event: Event) => {
          const { checked } = event.target as HTMLInputElement;
          this.dispatchEvent(new CustomEvent<boolean>('tick', { detail: checked }));
        }}
      />
      <span>${t('housing.tick')}</span>
    </label>`;
  }

  private form(): TemplateResult {
    const { task } = this;
    return html`<decision-form
      .residency=${task.residency_id}
      .decisions=${task.assignment.decisions}
      .suggestion=${task.suggestion ?? null}
      .councils=${this.councils}
    ></decision-form>`;
  }

  private settle(): TemplateResult {
    const { busy, error } = this.settling;
    return html`${error ? failure(t('housing.settle_failed'), error, () => void this.takeOff()) : nothing}
      <div class="button-row">
        <button
          type="button"
          class="button"
          aria-label="${homeText(this.task)}: ${t('housing.settle')}"
          aria-disabled=${busy ? 'true' : nothing}
          @click=${() => {
            if (!busy) void this.takeOff();
          }}
        >
          ${busy ? t('form.sending') : t('housing.settle')}
        </button>
      </div>`;
  }

  private async takeOff(): Promise<void> {
    const { residency_id: id, version } = this.task;
    const isDone = await this.settling.run((signal) =>
      send('PUT', `/api/housing/residencies/${id}`, settledBody(this.task), {
        signal,
        ifMatch: versionTag(version),
      }),
    );
    if (isDone) {
      this.dispatchEvent(new CustomEvent('settled'));
    } else if (this.settling.error?.kind === 'changed') {
      this.settling.reset();
      this.dispatchEvent(new CustomEvent('stale'));
    }
  }
}

customElements.define('task-card', TaskCard);
