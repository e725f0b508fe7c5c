import { html, nothing, type TemplateResult } from 'lit';
import { request, send } from '../../../api/client';
import {
  areaField,
  focusFirstError,
  formError,
  selectField,
  submitButton,
} from '../../../components/form';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { LightElement } from '../../../components/light-element';
import { empty, loaded } from '../../../components/lists';
import { say } from '../../../components/messages';
import type { HandoverFor, MyHandover } from '../../../gatherings/types';
import { handedName, nextName } from '../../../gatherings/words';
import { t } from '../../../i18n/areas/gatherings';
import { Task } from '../../../state/task';
import { stampOf } from '../saved';

interface Answered {
  body: MyHandover | null;
  etag: string | null;
}

/** As in the service. */
const LONGEST = 4000;

/** `<my-handover>`: what one hands over to whoever comes next, and what was handed over to one. */
export class MyHandoverElement extends LightElement {
  static override properties = { isQuiet: { type: Boolean } };

  /** Whether nothing is said where there is nothing to hand over: to whoever lives elsewhere, or has left. */
  declare isQuiet: boolean;
  private readonly task = new Task<Answered>(this);
  private readonly saving = new Task<unknown>(this);
  private next: HandoverFor = 'unit';
  private text = '';

  constructor() {
    super();
    this.isQuiet = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    const isLoaded = await this.task.run((signal) =>
      request<MyHandover>('/api/me/handover', { signal, etag: null }),
    );
    const note = this.task.value?.body?.note;
    if (!isLoaded || !note) return;
    this.next = note.next;
    this.text = note.text;
    this.requestUpdate();
  }

  protected override render(): TemplateResult | typeof nothing {
    const body = this.task.value?.body;
    if (this.isQuiet && !body?.may_write && !body?.received.length) return nothing;
    return html`<section class="section no-print" aria-labelledby="handover">
      <h2 class="section-title" id="handover">${t('handover.title')}</h2>
      ${loaded(
        this.task,
        t('handover.failed'),
        () => void this.load(),
        ({ body }) => (body ? html`${this.received(body)} ${this.own(body)}` : html``),
      )}
    </section>`;
  }

  private received({ received }: MyHandover): TemplateResult {
    return html`<h3>${t('handover.received')}</h3>
      ${
        received.length === 0
          ? empty(t('handover.received_none'))
          : received.map(
              (one) =>
                html`<blockquote class="card gathering-note" lang=${langOf(one.text)}>
                  <p>${one.text}</p>
                  <p class="section-text">
                    ${nextName(one.next)}
                    ${t('handover.written_at', { time: stampOf(one.written_at) })}
                  </p>
                </blockquote>`,
            )
      }`;
  }

  private own({ may_write: mayWrite, note }: MyHandover): TemplateResult | typeof nothing {
    if (!mayWrite) return nothing;
    if (note?.state === 'released') {
      return html`<div class="notice notice-done">
        ${icon('check')}
        <div class="notice-text">
          <p><strong>${t('handover.state_released')}</strong></p>
          <p>${t('handover.released_text')}</p>
          <p class="gathering-note" lang=${langOf(note.text)}>${note.text}</p>
        </div>
      </div>`;
    }
    const { error, busy, fields } = this.saving;
    return html`<form
      class="form card"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        if (!busy) void this.save();
      }}
    >
      <p>${t('handover.text')}</p>
      ${
        note
          ? html`<p class="notice ${note.state === 'returned' ? 'notice-warning' : ''}">
              ${icon('info')}<span><strong>${handedName(note.state)}</strong> ${note.remark}</span>
            </p>`
          : nothing
      }
      ${formError(error, ['text'])}
      ${selectField({
        name: 'handover-next',
        label: t('handover.next'),
        value: this.next,
        options: [
          { value: 'unit', label: t('handover.next_unit') },
          { value: 'council', label: t('handover.next_council') },
        ],
        onInput: (value) => {
          this.next = value === 'council' ? 'council' : 'unit';
        },
      })}
      ${areaField({
        name: 'handover-text',
        label: t('handover.note'),
        help: t('handover.note_help'),
        value: this.text,
        rows: 6,
        maxLength: LONGEST,
        required: true,
        error: fields['text'],
        onInput: (value) => {
          this.text = value;
        },
      })}
      ${submitButton(t('handover.save'), busy)}
    </form>`;
  }

  private async save(): Promise<void> {
    const ifMatch = this.task.value?.etag ?? '"0"';
    const body = { next: this.next, text: this.text };
    const isSaved = await this.saving.run((signal) =>
      send('PUT', '/api/me/handover', body, { signal, ifMatch }),
    );
    if (isSaved) {
      say(() => t('handover.saved'));
      await this.load();
      return;
    }
    await this.updateComplete;
    focusFirstError(this);
  }
}

customElements.define('my-handover', MyHandoverElement);
