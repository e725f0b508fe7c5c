import { html, nothing, type TemplateResult } from 'lit';
import { ask } from '../../../components/dialog';
import { failureText } from '../../../components/failure';
import { icon } from '../../../components/icon';
import { say } from '../../../components/messages';
import { moment } from '../../../components/moment';
import { asApiError } from '../../../api/client';
import { t } from '../../../i18n/areas/design';
import { may } from '../../../shell/session';
import type { Check, Finding, Review } from '../api';
import { getDraft, submitDraft, withdrawDraft } from '../api';
import { indexOfStop, isStop, numbersOf } from '../model/design';
import type { EditorState } from '../model/editor';
import { checkName, findingText, ownText } from '../words';
import { EditorElement } from './editor-element';
import './review-panel';
import { writingStore } from './text-tabs';

const VERDICTS = {
  submitted: 'review.submitted',
  sent_back: 'review.sent_back',
  withdrawn: 'review.withdrawn',
  published: 'review.published',
} as const;

/** `<check-panel>`: what must be green before the review, the way there, and what was said. */
export class CheckPanel extends EditorElement {
  static override properties = { editor: { attribute: false }, busy: { state: true } };

  declare private busy: boolean;

  constructor() {
    super();
    this.busy = false;
  }

  protected override reads(state: Readonly<EditorState>): readonly unknown[] {
    return [state.document, state.save, state.history];
  }

  protected override render(): TemplateResult {
    const { document } = this.state;
    return html`
      ${
        document.may.review
          ? html`<review-panel .editor=${this.editor}></review-panel>`
          : document.state === 'in_review'
            ? this.waiting()
            : nothing
      }
      ${this.checklist(document.checklist)} ${this.editor.isEditable ? this.submission() : nothing}
      ${document.reviews.length > 0 ? this.reviews(document.reviews) : nothing}
    `;
  }

  private checklist(checks: readonly Check[]): TemplateResult {
    const open = checks.filter(({ ok }) => !ok).length;
    return html`<section class="section" aria-labelledby="checklist-title">
      <h2 id="checklist-title" class="section-title">${t('check.title')}</h2>
      <p class="check-summary ${open === 0 ? 'is-green' : ''}" role="status">
        ${icon(open === 0 ? 'check' : 'warning')}<span
          >${
            this.isStale
              ? t('check.stale')
              : open === 0
                ? t('check.all_green')
                : t('check.open_count', { count: open })
          }</span
        >
      </p>
      <ul class="checks">
        ${checks.map((check) => this.check(check))}
      </ul>
    </section>`;
  }

  /** What is not saved yet has not been checked. */
  private get isStale(): boolean {
    return this.state.save.kind !== 'saved';
  }

  private check({ id, ok, findings }: Check): TemplateResult {
    return html`<li class="check-item ${ok ? 'is-ok' : 'is-open'}" data-check=${id}>
      <p class="check-name">
        ${icon(ok ? 'check' : 'close')}<span>${checkName(id)}</span>
        <span class="visually-hidden">${t(ok ? 'check.ok' : 'check.not_ok')}</span>
      </p>
      ${
        findings.length > 0
          ? html`<ul class="check-findings">
              ${findings.map((finding) => html`<li>${this.finding(finding)}</li>`)}
            </ul>`
          : nothing
      }
    </li>`;
  }

  private finding(finding: Finding): TemplateResult {
    const { stop_id: stop } = finding;
    const index = stop ? indexOfStop(this.editor.design, stop) : -1;
    const waypoint = this.editor.design.waypoints[index];
    const number = numbersOf(this.editor.design.waypoints)[index];
    const where =
      waypoint && isStop(waypoint)
        ? t('check.where', {
            number: number ?? 0,
            name: ownText(waypoint.name) || t('stop.unnamed'),
          })
        : '';
    return html`<button
      type="button"
      class="link-button"
      @click=${() => void this.open(finding, index)}
    >
      ${where}${findingText(finding)}
    </button>`;
  }

  /** Goes to where the finding can be settled. */
  private async open({ field, language, code }: Finding, index: number): Promise<void> {
    if (language) writingStore.set({ language });
    const { editor } = this;
    if (index >= 0) editor.choose(index);
    else if (code === 'too_few_stops' || code === 'no_way' || code === 'off_network') {
      editor.store.set({ tab: 'stops', chosen: null });
    } else editor.store.set({ tab: 'route' });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const names: Readonly<Record<string, string>> = {
      no_evidence: 'evidence',
      outside: 'outside_meant',
      too_long: 'slot_min',
      no_alternative: 'desk_based',
      alternative_unfit: 'step_free_route',
      far_from_path: 'degrees',
      no_question: 'has-question',
      missing_credit: 'photo-credit',
    };
    const photo = field === 'photo' ? 'photo-alt' : field;
    const name = names[code] ?? photo ?? 'title';
    document.getElementById(`field-${name}`)?.focus();
  }

  private submission(): TemplateResult | typeof nothing {
    if (!may('write_designs')) return nothing;
    const isGreen = this.state.document.checklist.every(({ ok }) => ok);
    const isReady = isGreen && !this.isStale && !this.busy;
    return html`<div class="submission">
      <button
        type="button"
        class="button button-primary button-wide"
        ?disabled=${!isReady}
        aria-describedby="submit-help"
        @click=${() => void this.submit()}
      >
        ${t('submit.go')}
      </button>
      <p id="submit-help" class="section-text">
        ${t(isGreen ? 'submit.text' : 'submit.not_green')}
      </p>
    </div>`;
  }

  private waiting(): TemplateResult {
    const { document } = this.state;
    return html`<div class="notice notice-info" role="status">
      ${icon('info')}
      <div class="notice-text"><p>${t('submit.waiting')}</p></div>
      ${
        document.may.edit && may('write_designs')
          ? html`<button
              type="button"
              class="button button-small"
              ?disabled=${this.busy}
              @click=${() => void this.withdraw()}
            >
              ${t('submit.withdraw')}
            </button>`
          : nothing
      }
    </div>`;
  }

  private async submit(): Promise<void> {
    const isMeant = await ask({
      title: () => t('submit.sure'),
      text: () => t('submit.sure_text'),
      yes: () => t('submit.go'),
    });
    if (!isMeant) return;
    await this.doing(async () => {
      if (!(await this.editor.flush())) return;
      this.editor.accept(await submitDraft(this.editor.route, this.editor.etag));
      say(() => t('submit.done'));
    });
  }

  private withdraw(): Promise<void> {
    return this.doing(async () => {
      this.editor.accept(await withdrawDraft(this.editor.route));
      say(() => t('submit.withdrawn'));
    });
  }

  private async doing(job: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await job();
    } catch (thrown) {
      const error = asApiError(thrown);
      say(() => failureText(error), 'error');
      // Somebody else did something meanwhile: it is shown.
      if (error.kind === 'conflict' || error.kind === 'changed') {
        await getDraft(this.editor.route).then(
          (stored) => {
            this.editor.accept(stored);
          },
          () => undefined,
        );
      }
    } finally {
      this.busy = false;
    }
  }

  private reviews(reviews: readonly Review[]): TemplateResult {
    return html`<section class="section" aria-labelledby="reviews-of">
      <h2 id="reviews-of" class="section-title">${t('review.history')}</h2>
      <ol class="review-list">
        ${reviews.map((review) => this.review(review))}
      </ol>
    </section>`;
  }

  private review({ kind, at, by_me: byMe, comment, comments, number }: Review): TemplateResult {
    return html`<li>
      <p class="review-head">
        <b>${t(VERDICTS[kind], { number: number ? `v${number}` : '' })}</b>
        <span class="section-text">${moment(at)}${byMe ? ` ${t('review.by_me')}` : ''}</span>
      </p>
      ${comment ? html`<p class="said">${comment}</p>` : nothing}
      ${
        comments.length > 0
          ? html`<ul class="review-stops">
              ${comments.map(({ stop_id: stop, comment: said }) => {
                const index = indexOfStop(this.editor.design, stop);
                const number_ = numbersOf(this.editor.design.waypoints)[index];
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
                            ${t('points.unnamed', { number: number_ ?? 0 })}</button
                          >: `
                      : nothing
                  }<span class="said">${said}</span>
                </li>`;
              })}
            </ul>`
          : nothing
      }
    </li>`;
  }
}

customElements.define('check-panel', CheckPanel);
