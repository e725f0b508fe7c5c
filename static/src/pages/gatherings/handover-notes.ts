import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../api/client';
import { areaField, submitButton } from '../../components/form';
import { failure, failureText } from '../../components/failure';
import { icon } from '../../components/icon';
import { langOf } from '../../components/lang-of';
import { LightElement } from '../../components/light-element';
import { empty } from '../../components/lists';
import { say } from '../../components/messages';
import type { HandoverItem, HandoverList } from '../../gatherings/types';
import { handedName, nextName } from '../../gatherings/words';
import { t } from '../../i18n/areas/gatherings';
import { stampOf } from '../council/saved';
import { versionTag } from '../housing/model';
import { Task } from '../../state/task';

const TONES: Readonly<Record<HandoverItem['state'], string>> = {
  written: 'badge-warning',
  returned: 'badge-plain',
  released: 'badge-done',
};

/** `<handover-notes>`: what residents hand over, to be released or sent back. They come when they are asked for: each look is recorded. */
export class HandoverNotes extends LightElement {
  static override properties = { returning: { state: true } };

  private readonly task = new Task<HandoverList>(this);
  private readonly deciding = new Task<unknown>(this);
  /** The note that is being sent back. */
  declare private returning: string | null;
  private remark = '';

  constructor() {
    super();
    this.returning = null;
  }

  private load(): Promise<boolean> {
    return this.task.run((signal) => get('/api/housing/handovers', signal));
  }

  protected override render(): TemplateResult {
    const { value, error } = this.task;
    return html`<section class="section" aria-labelledby="handovers">
      <h2 class="section-title" id="handovers">${t('gatherings.handovers')}</h2>
      <p class="section-text">${t('gatherings.handovers_text')}</p>
      ${error ? failure(t('gatherings.handovers_failed'), error, () => void this.load()) : nothing}
      ${
        value === null
          ? html`<button
              type="button"
              class="button"
              data-handovers-open
              @click=${() => void this.load()}
            >
              ${t('gatherings.handovers_open')}
            </button>`
          : value.handovers.length === 0
            ? empty(t('gatherings.handovers_none'))
            : html`<ul class="gathering-list">
                ${value.handovers.map((one) => this.card(one))}
              </ul>`
      }
    </section>`;
  }

  private card(one: HandoverItem): TemplateResult {
    const name = one.staff_name ?? t('gatherings.unnamed');
    return html`<li class="card gathering" data-handover=${one.id}>
      <p>
        <strong lang=${langOf(name)}>${name}</strong>
        <span class="section-text">${one.housing_name} ${one.unit_name}</span>
        <span class="badge ${TONES[one.state]}">${handedName(one.state)}</span>
      </p>
      <p class="section-text">
        ${nextName(one.next)} ${t('handover.written_at', { time: stampOf(one.written_at) })}
      </p>
      <p class="gathering-note" lang=${langOf(one.text)}>${one.text}</p>
      ${this.returning === one.id ? this.form(one) : this.buttons(one)}
    </li>`;
  }

  private buttons(one: HandoverItem): TemplateResult {
    return html`<p class="button-row">
      ${
        one.state === 'written'
          ? html`<button
              type="button"
              class="button button-primary"
              data-release
              @click=${() => void this.decide(one, 'release', {})}
            >
              ${icon('check')}${t('gatherings.release')}
            </button>`
          : nothing
      }
      ${
        one.state === 'returned'
          ? nothing
          : html`<button
              type="button"
              class="button"
              data-return
              @click=${() => {
                this.remark = '';
                this.returning = one.id;
              }}
            >
              ${t('gatherings.return')}
            </button>`
      }
    </p>`;
  }

  private form(one: HandoverItem): TemplateResult {
    return html`<form
      class="form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.decide(one, 'return', { remark: this.remark });
      }}
    >
      ${areaField({
        name: 'remark',
        label: t('gatherings.remark'),
        required: true,
        maxLength: 500,
        value: this.remark,
        error: this.deciding.fields['remark'],
        onInput: (remark) => {
          this.remark = remark;
        },
      })}
      ${submitButton(t('gatherings.return'), this.deciding.busy)}
    </form>`;
  }

  private async decide(
    one: HandoverItem,
    step: 'release' | 'return',
    body: unknown,
  ): Promise<void> {
    if (this.deciding.busy) return;
    const path = `/api/housing/handovers/${one.id}/${step}`;
    const isDone = await this.deciding.run((signal) =>
      send('POST', path, body, { signal, ifMatch: versionTag(one.version) }),
    );
    if (isDone) {
      this.returning = null;
      say(() => t(step === 'release' ? 'gatherings.released' : 'gatherings.returned'));
      await this.load();
      return;
    }
    const { error } = this.deciding;
    if (error) say(() => `${t('gatherings.decide_failed')} ${failureText(error)}`, 'error');
  }
}

customElements.define('handover-notes', HandoverNotes);
