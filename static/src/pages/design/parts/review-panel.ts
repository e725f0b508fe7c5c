import { html, nothing, type TemplateResult } from 'lit';
import { ask } from '../../../components/dialog';
import { focusFirstError, formError, textField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { loaded } from '../../../components/lists';
import { say } from '../../../components/messages';
import { formatDay, today } from '../../../format/dates';
import { t } from '../../../i18n/areas/design';
import { go, may } from '../../../shell/session';
import { Watch } from '../../../state/store';
import { Task } from '../../../state/task';
import { type Change, getChanges, publishDraft, sendBackDraft } from '../api';
import { changeLines } from '../change-words';
import { indexOfStop, stopsOf } from '../model/design';
import type { EditorState } from '../model/editor';
import { ownText } from '../words';
import { EditorElement } from './editor-element';
import { clearSaying, commentField, loadSaying, sayingStore, WHOLE } from './review-comments';

/** `<review-panel>`: what is new, what is said of it, and the verdict. */
export class ReviewPanel extends EditorElement {
  private readonly changes = new Task<{ changes: Change[] }>(this);
  private readonly sending = new Task(this);
  private from = today();

  constructor() {
    super();
    new Watch(this, sayingStore, ({ saying }) => [saying]);
  }

  protected override reads({ document }: Readonly<EditorState>): readonly unknown[] {
    return [document];
  }

  protected override firstUpdated(): void {
    loadSaying(this.editor.route);
    this.load();
  }

  private load(): void {
    const { base_number: base } = this.state.document;
    if (base) void this.changes.run((signal) => getChanges(this.editor.route, base, signal));
  }

  protected override render(): TemplateResult {
    const { base_number: base } = this.state.document;
    return html`<section class="section review" aria-labelledby="review-title">
      <h2 id="review-title" class="section-title">${t('review.title')}</h2>
      <p class="section-text">${t('review.text')}</p>
      ${
        base
          ? html`<h3>${t('review.changes', { number: `v${base}` })}</h3>
              ${loaded(
                this.changes,
                t('review.changes_failed'),
                () => {
                  this.load();
                },
                ({ changes }) => this.changeList(changes),
              )}`
          : html`<p>${t('review.first')}</p>`
      }
      ${this.said()} ${commentField(this.editor, WHOLE)}
      ${formError(this.sending.error, ['effective_from'])}
      ${may('decide_designs') ? this.verdict() : nothing}
    </section>`;
  }

  private changeList(changes: readonly Change[]): TemplateResult {
    const lines = changeLines(changes);
    if (lines.length === 0) return html`<p>${t('review.no_changes')}</p>`;
    return html`<ul class="change-list">
      ${lines.map(({ stopId, text }) => {
        const index = stopId ? indexOfStop(this.editor.design, stopId) : -1;
        return html`<li>
          ${
            index >= 0
              ? html`<button
                  type="button"
                  class="link-button"
                  @click=${() => {
                    this.editor.choose(index);
                  }}
                >
                  ${text}
                </button>`
              : text
          }
        </li>`;
      })}
    </ul>`;
  }

  /** The stops of which something is about to be said. */
  private said(): TemplateResult {
    const { saying } = sayingStore.state;
    const stops = stopsOf(this.editor.design);
    const said = stops.flatMap((stop, index) =>
      saying[stop.stop_id]?.trim() ? [{ stop, number: index + 1 }] : [],
    );
    return html`<div class="review-said">
      <p class="section-text">${t('review.stops_help')}</p>
      ${
        said.length > 0
          ? html`<ul class="review-stops">
              ${said.map(
                ({ stop, number }) =>
                  html`<li>
                    <b>${t('check.where', { number, name: ownText(stop.name) })}</b
                    >${saying[stop.stop_id]}
                  </li>`,
              )}
            </ul>`
          : nothing
      }
    </div>`;
  }

  private verdict(): TemplateResult {
    return html`
      <div class="button-row">
        <button
          type="button"
          class="button"
          ?disabled=${this.sending.busy}
          @click=${() => void this.sendBack()}
        >
          ${icon('undo')}${t('review.send_back')}
        </button>
      </div>
      <div class="publishing">
        ${textField({
          name: 'effective_from',
          type: 'date',
          label: t('review.from'),
          help: t('review.from_help'),
          min: today(),
          value: this.from,
          error: this.sending.fields['effective_from'],
          onInput: (value) => {
            this.from = value;
          },
        })}
        <button
          type="button"
          class="button button-primary"
          ?disabled=${this.sending.busy}
          @click=${() => void this.publish()}
        >
          ${icon('check')}${t('review.publish')}
        </button>
      </div>
    `;
  }

  private async sendBack(): Promise<void> {
    const { saying } = sayingStore.state;
    const comments = stopsOf(this.editor.design).flatMap(({ stop_id: stop }) => {
      const comment = saying[stop]?.trim();
      return comment ? [{ stop_id: stop, comment }] : [];
    });
    const comment = saying[WHOLE]?.trim() ?? '';
    const isDone = await this.sending.run(() =>
      sendBackDraft(this.editor.route, { comment, comments }),
    );
    if (isDone) {
      clearSaying(this.editor.route);
      say(() => t('review.sent_back_done'));
      go('/design');
    } else await this.attend();
  }

  private async publish(): Promise<void> {
    const isMeant = await ask({
      title: () => t('review.publish_sure'),
      text: () => t('review.publish_text', { day: formatDay(this.from || today()) }),
      yes: () => t('review.publish'),
    });
    if (!isMeant) return;
    const isDone = await this.sending.run(async () => {
      await publishDraft(this.editor.route, this.from || null);
    });
    if (isDone) {
      clearSaying(this.editor.route);
      go('/design');
    } else await this.attend();
  }

  private async attend(): Promise<void> {
    await this.updateComplete;
    focusFirstError(this);
  }
}

customElements.define('review-panel', ReviewPanel);
