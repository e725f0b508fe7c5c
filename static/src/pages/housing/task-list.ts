import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { get, send } from '../../api/client';
import type { components } from '../../api/schema';
import { ask } from '../../components/dialog';
import { formError } from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { t } from '../../i18n/areas/housing';
import { Task } from '../../state/task';
import type { Decided } from './decision-form';
import {
  asSuggested,
  decideBody,
  grouped,
  isTicked,
  isUndoubted,
  type TaskGroup,
  type TaskItem,
  type TaskList,
  ticked,
  type Ticks,
  totals,
  undoubtedTicks,
} from './model';
import { changed, counted } from './register';
import './task-card';
import { homeText, kindText, kindTitle } from './words';

type DecidedCount = components['schemas']['DecidedCount'];

/** `<task-list>`: what waits for the registrar, to be decided one by one or several together. */
export class TaskListElement extends LightElement {
  private readonly list = new Task<TaskList>(this);
  private readonly deciding = new Task<DecidedCount>(this);
  private ticks: Ticks = new Map();

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="tasks-title">
      <h2 class="section-title" id="tasks-title" tabindex="-1">${t('housing.view_tasks')}</h2>
      <p class="section-text">${t('housing.tasks_text')} ${t('housing.undo_text')}</p>
      ${loaded(
        this.list,
        t('housing.tasks_failed'),
        () => void this.load(),
        (found) => this.content(found),
      )}
    </section>`;
  }

  private content(found: TaskList): TemplateResult {
    const { tasks, councils } = found;
    if (tasks.length === 0) return empty(t('housing.tasks_none'));
    return html`
      ${
        councils.length === 0
          ? html`<p class="notice notice-warning">
              ${icon('warning')}<span>${t('housing.no_councils')}</span>
            </p>`
          : nothing
      }
      ${this.tickAll(tasks)} ${grouped(tasks).map((group) => this.group(group, found))}
      ${this.bulk(found)}
    `;
  }

  private tickAll(tasks: readonly TaskItem[]): TemplateResult | typeof nothing {
    const undoubted = tasks.filter(isUndoubted);
    if (undoubted.length === 0) return nothing;
    const isAll = undoubted.every((task) => isTicked(this.ticks, task));
    const isSome = tasks.some((task) => isTicked(this.ticks, task));
    return html`<label class="check">
      <input
        type="checkbox"
        id="tick-all"
        .checked=${isAll}
        .indeterminate=${isSome && !isAll}
        @change=${() => {
          this.ticks = isAll ? new Map() : new Map([...this.ticks, ...undoubtedTicks(tasks)]);
          this.requestUpdate();
        }}
      />
      <span>${t('housing.tick_all', { count: undoubted.length })}</span>
    </label>`;
  }

  private group({ kind, tasks }: TaskGroup, { councils }: TaskList): TemplateResult {
    return html`<section class="housing-group" aria-labelledby="kind-${kind}">
      <h3 id="kind-${kind}">${kindTitle(kind, tasks.length)}</h3>
      <p class="section-text">${kindText(kind)}</p>
      <ul class="housing-cards">
        ${repeat(
          tasks,
          ({ residency_id }) => residency_id,
          (task) =>
            html`<li>
              <task-card
                .task=${task}
                .councils=${councils}
                .isTicked=${isTicked(this.ticks, task)}
                @tick=${({ detail }: CustomEvent<boolean>) => {
                  this.ticks = ticked(this.ticks, task, detail);
                  this.requestUpdate();
                }}
                @decided=${({ detail }: CustomEvent<Decided>) => {
                  const { council } = detail;
                  const home = homeText(task);
                  void this.go(task, () =>
                    council
                      ? t('housing.decided', { home, council })
                      : t('housing.left_undecided', { home }),
                  );
                }}
                @settled=${() => {
                  const home = homeText(task);
                  void this.go(task, () => t('housing.settled', { home }));
                }}
                @stale=${() => void this.startAgain(() => t('housing.decided_meanwhile'))}
              ></task-card>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  /** The bar with which several are decided. */
  private bulk({ tasks, councils }: TaskList): TemplateResult {
    const meant = tasks.filter((task) => isTicked(this.ticks, task));
    const { busy, error } = this.deciding;
    const count = meant.length;
    return html`${formError(error)}
      <div class="housing-bulk" ?hidden=${count === 0}>
        <p role="status">${count > 0 ? t('housing.ticked', { count }) : nothing}</p>
        <button
          type="button"
          class="button button-primary"
          aria-disabled=${busy ? 'true' : nothing}
          @click=${() => {
            if (!busy) void this.decideAll(meant, councils);
          }}
        >
          ${busy ? t('form.sending') : t('housing.as_suggested', { count })}
        </button>
      </div>`;
  }

  private async decideAll(
    meant: readonly TaskItem[],
    councils: TaskList['councils'],
  ): Promise<void> {
    const count = meant.length;
    const isMeant = await ask({
      title: () => t('housing.as_suggested_title', { count }),
      text: () =>
        html`<ul class="bullets">
            ${totals(meant, councils).map(
              ({ name, homes }) => html`<li>${t('housing.total', { council: name, homes })}</li>`,
            )}
          </ul>
          <p>${t('housing.undo_text')}</p>`,
      yes: () => t('housing.as_suggested', { count }),
    });
    if (!isMeant) return;
    const isDone = await this.deciding.run((signal) =>
      send<DecidedCount>('POST', '/api/housing/assignments', decideBody(asSuggested(meant)), {
        signal,
      }),
    );
    const { kind } = this.deciding.error ?? {};
    if (isDone) {
      say(() => t('housing.decided_all', { count }));
      await this.reload(0);
    } else if (kind === 'changed') {
      await this.startAgain(() => t('housing.decided_meanwhile_all'));
    } else if (kind === 'unprocessable') {
      // The service has new hints since: what was ticked is no longer what it suggests.
      await this.startAgain(() => t('housing.suggestions_changed'));
    }
  }

  /** Says what was done, and goes on with what came after it. */
  private async go(task: TaskItem, words: () => string): Promise<void> {
    say(words);
    const order = grouped(this.list.value?.tasks ?? []).flatMap(({ tasks }) => tasks);
    await this.reload(order.indexOf(task));
  }

  /** Somebody else was first: what they did has to be seen before anything is decided. */
  private async startAgain(words: () => string): Promise<void> {
    say(words, 'error');
    await this.reload(0);
  }

  /** Reads all again: a decision changes what is suggested of other homes. Then the focus is on the card of that place. */
  private async reload(place: number): Promise<void> {
    changed();
    await this.load();
    await this.updateComplete;
    const cards = this.querySelectorAll<HTMLElement>('[data-task] h4');
    const next = cards[Math.min(Math.max(place, 0), cards.length - 1)];
    (next ?? this.querySelector<HTMLElement>('#tasks-title'))?.focus();
  }

  private async load(): Promise<void> {
    this.deciding.reset();
    await this.list.run((signal) => get<TaskList>('/api/housing/tasks', signal));
    const { value } = this.list;
    if (!value) return;
    counted(value.tasks.length);
    // What is suggested otherwise now, or waits no more, is not meant any more.
    const left = value.tasks.filter((task) => isTicked(this.ticks, task));
    this.ticks = new Map(
      left.map(({ residency_id }) => [residency_id, this.ticks.get(residency_id) ?? '']),
    );
  }
}

customElements.define('task-list', TaskListElement);
