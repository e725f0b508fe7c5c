import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../api/client';
import { ask } from '../../components/dialog';
import { failure } from '../../components/failure';
import { selectField } from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/nomination';
import { isOpen } from '../../outings/state';
import type { NominationOutcomes, Outing, OutingList } from '../../outings/types';
import { whenOf } from '../../outings/when';
import { Task } from '../../state/task';

/** `<put-forward>`: puts the people who are chosen forward for an outing (所属推薦). Says `done`. */
export class PutForward extends LightElement {
  static override properties = { people: { attribute: false }, outing: { state: true } };

  /** Whom, by their ids. */
  declare people: ReadonlySet<string>;
  /** The outing that is chosen; empty for the first one. */
  declare private outing: string;
  private readonly outings = new Task<readonly Outing[]>(this);
  private readonly sending = new Task<NominationOutcomes>(this);

  constructor() {
    super();
    this.people = new Set();
    this.outing = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="card put-forward" aria-labelledby="put-forward">
      <h3 class="section-title" id="put-forward">${t('nomination.title')}</h3>
      <p class="section-text">${t('nomination.text')}</p>
      ${loaded(
        this.outings,
        t('nomination.failed'),
        () => void this.load(),
        (outings) =>
          outings.length === 0 ? empty(t('nomination.no_outing')) : this.choice(outings),
      )}
    </section>`;
  }

  private choice(outings: readonly Outing[]): TemplateResult {
    return html`${selectField({
        name: 'nomination_outing',
        label: t('nomination.outing'),
        value: this.chosen(outings)?.id ?? '',
        options: outings.map((outing) => ({
          value: outing.id,
          label: t('nomination.option', {
            when: whenOf(outing),
            title: pick(outing.title),
            free: Math.max(0, outing.capacity - outing.confirmed),
          }),
        })),
        onInput: (value) => {
          this.outing = value;
        },
      })}
      ${
        this.sending.error
          ? failure(t('nomination.title'), this.sending.error, () => void this.start(outings))
          : nothing
      }
      <button
        type="button"
        class="button button-primary"
        aria-disabled=${this.sending.busy ? 'true' : nothing}
        @click=${() => {
          if (!this.sending.busy) void this.start(outings);
        }}
      >
        ${icon('person')}${t('nomination.go', { count: this.people.size })}
      </button>`;
  }

  private chosen(outings: readonly Outing[]): Outing | undefined {
    return outings.find(({ id }) => id === this.outing) ?? outings[0];
  }

  private async load(): Promise<void> {
    await this.outings.run(async (signal) => {
      const { outings } = await get<OutingList>('/api/outings', signal);
      return outings.filter((outing) => isOpen(outing, Date.now()));
    });
  }

  private async start(outings: readonly Outing[]): Promise<void> {
    const outing = this.chosen(outings);
    const people = [...this.people];
    if (!outing || people.length === 0) {
      say(() => t('nomination.nobody'), 'error');
      return;
    }
    const sure = await ask({
      title: () => t('nomination.ask_title', { count: people.length }),
      text: () => t('nomination.ask', { when: whenOf(outing), title: pick(outing.title) }),
      yes: () => t('nomination.go', { count: people.length }),
    });
    if (!sure) return;
    const path = `/api/outings/${outing.id}/nominations`;
    const done = await this.sending.run((signal) =>
      send<NominationOutcomes>('POST', path, { staff_ids: people }, { signal }),
    );
    const results = this.sending.value?.results;
    if (!done || !results) return;
    const count = results.filter(({ state }) => state === 'nominated').length;
    const rest = results.length - count;
    say(
      () =>
        t('nomination.done', { count }) +
        (rest > 0 ? ` ${t('nomination.known', { count: rest })}` : ''),
    );
    this.dispatchEvent(new CustomEvent('done'));
  }
}

customElements.define('put-forward', PutForward);
