import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../../api/client';
import { copy } from '../../../components/clipboard';
import { ask } from '../../../components/dialog';
import { failure } from '../../../components/failure';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { loaded } from '../../../components/lists';
import { say } from '../../../components/messages';
import { formatDay, today } from '../../../format/dates';
import { t } from '../../../i18n/areas/outings';
import type { CalendarState, OutingLink } from '../../../outings/types';
import { Task } from '../../../state/task';

const PATH = '/api/me/calendar';

/** `<my-calendar>`: the secret address of one's calendar: made, shown once, copied, taken away. */
export class MyCalendar extends LightElement {
  static override properties = { address: { state: true } };

  /** The address that was made just now. */
  declare private address: string | null;
  private readonly current = new Task<CalendarState>(this);
  private readonly doing = new Task(this);

  constructor() {
    super();
    this.address = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="calendar">
      <h2 class="section-title" id="calendar">${t('outings.calendar')}</h2>
      <p class="section-text">${t('outings.calendar_text')}</p>
      ${this.address ? this.once(this.address) : nothing}
      ${
        this.doing.error
          ? failure(t('outings.calendar'), this.doing.error, () => void this.load())
          : nothing
      }
      ${loaded(
        this.current,
        t('outings.calendar_failed'),
        () => void this.load(),
        ({ made_at }) => this.buttons(made_at ?? null),
      )}
    </section>`;
  }

  private once(address: string): TemplateResult {
    return html`<div class="card" data-calendar-made>
      <h3>${t('outings.calendar_made')}</h3>
      <p class="outing-secret" translate="no">${address}</p>
      <p>
        <button type="button" class="button button-primary" @click=${() => void copy(address)}>
          ${t('outing.copy')}
        </button>
      </p>
      <p class="section-text">${t('outings.calendar_once')}</p>
    </div>`;
  }

  private buttons(made: string | null): TemplateResult {
    return html`
      ${
        made && !this.address
          ? html`<p>${t('outings.calendar_since', { day: formatDay(today(new Date(made))) })}</p>`
          : nothing
      }
      <div class="button-row">
        <button
          type="button"
          class="button"
          data-calendar="make"
          @click=${() => void this.make(made)}
        >
          ${t(made ? 'outings.calendar_make_new' : 'outings.calendar_make')}
        </button>
        ${
          made
            ? html`<button
                type="button"
                class="button"
                data-calendar="remove"
                @click=${() => void this.takeAway()}
              >
                ${icon('trash')}${t('outings.calendar_remove')}
              </button>`
            : nothing
        }
      </div>
    `;
  }

  private async load(): Promise<void> {
    this.doing.reset();
    await this.current.run((signal) => get(PATH, signal));
  }

  private async make(made: string | null): Promise<void> {
    const words = {
      title: () => t('outings.calendar_replace_title'),
      text: () => t('outings.calendar_replace_ask'),
      yes: () => t('outings.calendar_make_new'),
    };
    if (made && !(await ask(words))) return;
    await this.doing.run(async (signal) => {
      const { path } = await send<OutingLink>('POST', PATH, undefined, { signal });
      this.address = location.origin + path;
    });
    if (!this.doing.error) await this.load();
  }

  private async takeAway(): Promise<void> {
    const yes = await ask({
      title: () => t('outings.calendar_remove_title'),
      text: () => t('outings.calendar_remove_ask'),
      yes: () => t('outings.calendar_remove'),
      danger: true,
    });
    if (!yes) return;
    if (await this.doing.run((signal) => send('DELETE', PATH, undefined, { signal }))) {
      this.address = null;
      say(() => t('outings.calendar_removed'));
      await this.load();
    }
  }
}

customElements.define('my-calendar', MyCalendar);
