import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../../api/client';
import { copy } from '../../../components/clipboard';
import { ask } from '../../../components/dialog';
import { failure } from '../../../components/failure';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { LightElement } from '../../../components/light-element';
import { empty } from '../../../components/lists';
import { moment } from '../../../components/moment';
import { formatDay, today } from '../../../format/dates';
import { type Key, t } from '../../../i18n/areas/lead';
import type { HostAnswer, Outing, OutingLink } from '../../../outings/types';
import { Task } from '../../../state/task';
import './host-call';
import './report-form';

type Host = Outing['hosts'][number];

const KINDS: Record<Host['kind'], Key> = {
  organisation: 'outing.host_organisation',
  guide: 'outing.host_guide',
};

/** `<host-panel>`: who welcomes the group: asked by a link or on the telephone, thanked with a report. */
export class HostPanel extends LightElement {
  static override properties = {
    outing: { attribute: false },
    answers: { attribute: false },
    isLed: { attribute: false },
    made: { state: true },
  };

  declare outing: Outing;
  /** What they said; for trainers of the outing. */
  declare answers: readonly HostAnswer[];
  declare isLed: boolean;
  /** The link that was made just now. */
  declare private made: { host: string; link: OutingLink } | null;
  private readonly asking = new Task(this);

  constructor() {
    super();
    this.made = null;
  }

  protected override render(): TemplateResult {
    const { hosts, state } = this.outing;
    return html`<section class="section" aria-labelledby="hosts">
        <h2 class="section-title" id="hosts">${t('lead.hosts')}</h2>
        <p class="section-text">${t('lead.host_text')}</p>
        ${
          this.asking.error
            ? failure(t('lead.host_link'), this.asking.error, () => {
                this.asking.reset();
              })
            : nothing
        }
        ${
          hosts.length === 0
            ? empty(t('lead.host_none'))
            : html`<ul class="outing-cards">
                ${hosts.map((host) => this.host(host))}
              </ul>`
        }
      </section>
      ${
        this.outing.may_change && state !== 'cancelled'
          ? html`<report-form .outing=${this.outing} @changed=${this.changed}></report-form>`
          : nothing
      }`;
  }

  private host(host: Host): TemplateResult {
    const { id, name, kind } = host;
    const answer = this.answers.find((one) => one.id === id);
    const mayAsk = this.outing.may_change && this.outing.state !== 'cancelled';
    return html`<li class="card" data-host=${id}>
      <h3 lang=${langOf(name)}>${name}</h3>
      <p class="section-text">${t(KINDS[kind])}</p>
      ${this.isLed ? this.answer(answer) : nothing}
      ${this.made?.host === id ? this.once(name, this.made.link) : nothing}
      ${
        mayAsk
          ? html`<p>
                <button
                  type="button"
                  class="button"
                  data-link
                  aria-disabled=${this.asking.busy ? 'true' : nothing}
                  @click=${() => void this.ask(host, Boolean(answer?.asked_at))}
                >
                  ${icon('link')}${t(answer?.asked_at ? 'lead.host_link_new' : 'lead.host_link')}
                </button>
              </p>
              <host-call
                .outing=${this.outing.id}
                .host=${host}
                @changed=${this.changed}
              ></host-call>`
          : nothing
      }
    </li>`;
  }

  private answer(said: HostAnswer | undefined): TemplateResult {
    const { answer, asked_at, answered_at, by_phone, message } = said ?? {};
    const tone =
      answer === 'yes' ? 'badge-done' : answer === 'no' ? 'badge-retired' : 'badge-warning';
    const words: Key =
      answer === 'yes' ? 'lead.host_yes' : answer === 'no' ? 'lead.host_no' : 'lead.host_open';
    return html`
      <p data-answer=${answer ?? 'open'}>
        <span class="badge ${tone}">${t(words)}</span>
        ${
          answered_at
            ? html`${t(by_phone ? 'lead.host_by_phone' : 'lead.host_by_link')}
              ${moment(answered_at)}`
            : nothing
        }
      </p>
      ${message ? html`<p class="host-message" lang=${langOf(message)}>${message}</p>` : nothing}
      <p class="section-text">
        ${
          asked_at
            ? t('lead.host_asked', { time: formatDay(today(new Date(asked_at))) })
            : t('lead.host_not_asked')
        }
      </p>
    `;
  }

  private once(name: string, { path, expires_at }: OutingLink): TemplateResult {
    const address = location.origin + path;
    const day = expires_at ? formatDay(today(new Date(expires_at))) : '';
    return html`<div class="notice-made" data-made>
      <h4>${t('lead.host_link_made', { name })}</h4>
      <p class="outing-secret" translate="no">${address}</p>
      <p>
        <button type="button" class="button button-primary" @click=${() => void copy(address)}>
          ${t('outing.copy')}
        </button>
      </p>
      <p class="section-text">${t('lead.host_link_once', { day })}</p>
    </div>`;
  }

  private async ask({ id, name }: Host, hasOne: boolean): Promise<void> {
    if (this.asking.busy) return;
    const words = {
      title: () => t('lead.host_link_title'),
      text: () => t('lead.host_link_ask', { name }),
      yes: () => t('lead.host_link_new'),
    };
    if (hasOne && !(await ask(words))) return;
    const path = `/api/outings/${this.outing.id}/hosts/${id}/link`;
    await this.asking.run(async (signal) => {
      this.made = { host: id, link: await send<OutingLink>('POST', path, undefined, { signal }) };
    });
    if (!this.asking.error) this.changed();
  }

  private readonly changed = (): void => {
    this.dispatchEvent(new CustomEvent('changed'));
  };
}

customElements.define('host-panel', HostPanel);
