import { html, nothing, type TemplateResult } from 'lit';
import { areaField, checkField, selectField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import { pick } from '../../../i18n';
import { type Key, t } from '../../../i18n/areas/walk';
import type { Outbox } from '../../../outbox';
import { CATEGORIES, type Category, NOTHING_SEEN, observe, type Seen } from '../model/check-in';
import type { Stop } from '../model/packs';
import { walker } from '../model/walker';
import type { Fix } from '../model/way';

const CATEGORY_WORDS: Record<Category, Key> = {
  danger: 'walk.category_danger',
  barrier: 'walk.category_barrier',
  disaster: 'walk.category_disaster',
  liked: 'walk.category_liked',
  other: 'walk.category_other',
};

/** `<observe-form>`: what a walker noticed (気づき), at a stop or anywhere. */
export class ObserveForm extends LightElement {
  static override properties = {
    outbox: { attribute: false },
    version: { attribute: false },
    stop: { attribute: false },
    fix: { attribute: false },
  };
  declare outbox: Outbox;
  declare version: string;
  declare stop: Stop | null;
  declare fix: Fix | null;
  private seen: Seen = NOTHING_SEEN;
  private error: string | undefined;

  protected override render(): TemplateResult {
    const { seen, stop } = this;
    return html`<details class="walk-more walk-observe">
      <summary>${icon('pin')}${t('walk.observe')}</summary>
      <form
        class="form walk-evidence"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.keep();
        }}
      >
        ${selectField({
          name: 'category',
          label: t('walk.category'),
          value: seen.category,
          options: CATEGORIES.map((value) => ({ value, label: t(CATEGORY_WORDS[value]) })),
          onInput: (category) => {
            this.change({ category: category as Category });
          },
        })}
        ${areaField({
          name: 'observation',
          label: t('walk.observe_text'),
          value: seen.text,
          maxLength: 1000,
          required: true,
          error: this.error,
          onInput: (text) => {
            this.change({ text });
          },
        })}
        ${selectField({
          name: 'place',
          label: t('walk.place'),
          value: seen.place,
          options: [
            {
              value: 'here',
              label: this.fix ? t('walk.place_here') : t('walk.place_here_unknown'),
              disabled: !this.fix,
            },
            ...(stop
              ? [{ value: 'stop', label: t('walk.place_stop', { stop: pick(stop.name) }) }]
              : []),
            { value: 'none', label: t('walk.place_none') },
          ],
          onInput: (place) => {
            this.change({ place: place as Seen['place'] });
          },
        })}
        ${checkField({
          name: 'wants_answer',
          label: t('walk.observe_answer'),
          checked: seen.wants_answer,
          onChange: (wants_answer) => {
            this.change({ wants_answer });
          },
        })}
        <button
          type="submit"
          class="button button-primary walk-big"
          aria-disabled=${walker() === null ? 'true' : nothing}
        >
          ${t('walk.observe_save')}
        </button>
      </form>
    </details>`;
  }

  private change(patch: Partial<Seen>): void {
    this.seen = { ...this.seen, ...patch };
    this.error = undefined;
    this.requestUpdate();
  }

  private async keep(): Promise<void> {
    const owner = walker();
    if (!this.seen.text.trim()) {
      this.error = t('form.missing');
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    if (owner === null) {
      say(() => t('walk.sign_in'), 'error');
      return;
    }
    try {
      const { fix, seen, stop } = this;
      await this.outbox.add([observe(owner, this.version, seen, { fix, stop }, Date.now())]);
      this.change(NOTHING_SEEN);
      say(() => t('walk.observed'));
    } catch {
      say(() => t('walk.not_kept'), 'error');
    }
  }
}

customElements.define('observe-form', ObserveForm);
