import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { langOf } from '../../components/lang-of';
import type { PicturedRoute } from '../../components/route-picture';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/hosts';
import { routeSection } from '../../outings/parts';
import type { Briefing } from '../../outings/types';
import { whenOf } from '../../outings/when';
import { PageElement } from '../../shell/page-element';
import { Task } from '../../state/task';
import './answer-form';

/** What the link holds: it stands behind the `#`, so that no server on the way writes it down. */
const tokenOf = (hash: string): string | null => /^#([\w-]{20,100})$/.exec(hash)?.[1] ?? null;

/** What is shown of a briefing. */
interface Shown {
  briefing: Briefing;
  picture: PicturedRoute;
}

/** `<hosts-page>`: what a host is asked, its answer, and thanks afterwards. Nothing of any person. */
export class HostsPage extends PageElement {
  protected readonly needs = null;
  // Whoever has a link need not be known: without the session the page is the same.
  protected override readonly worksOffline = true;
  private token = tokenOf(location.hash);
  private readonly shown = new Task<Shown>(this);

  constructor() {
    super();
    void this.load();
  }

  private readonly moved = (): void => {
    this.token = tokenOf(location.hash);
    this.shown.reset();
    void this.load();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.moved);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.moved);
  }

  protected override heading(): string {
    return t(this.shown.value?.briefing.report ? 'hosts.thanks_title' : 'hosts.title');
  }

  protected override content(): TemplateResult {
    const { error, value } = this.shown;
    if (!this.token) return this.sorry(t('hosts.no_link'));
    if (error?.kind === 'missing') return this.sorry(t('hosts.gone'));
    return html`
      ${error ? failure(t('hosts.failed'), error, () => void this.load()) : nothing}
      ${value ? this.all(value) : nothing}
      ${
        !value && this.shown.busy
          ? html`<p class="loading" role="status">${t('page.loading')}</p>`
          : nothing
      }
    `;
  }

  private sorry(text: string): TemplateResult {
    return html`<div class="notice notice-warning" role="alert">
      ${icon('warning')}<span>${text}</span>
    </div>`;
  }

  private all({ briefing, picture }: Shown): TemplateResult {
    const { host, department_name: department, report, state, reason } = briefing;
    return html`
      <div class="host-letter">
        <p class="host-dear" lang=${langOf(host)}>${t('hosts.dear', { host })}</p>
        ${report ? nothing : html`<p>${t('hosts.asks', { department })}</p>`}
      </div>
      ${
        state === 'cancelled'
          ? html`<div class="notice notice-error" role="status">
              ${icon('warning')}
              <div class="notice-text">
                <p><strong>${t('hosts.cancelled')}</strong></p>
                ${reason ? html`<p lang=${langOf(reason)}>${reason}</p>` : nothing}
              </div>
            </div>`
          : nothing
      }
      ${
        report
          ? html`<section class="section" aria-labelledby="report">
              <h2 class="section-title" id="report">${t('hosts.report')}</h2>
              <p class="host-report" lang=${langOf(report)}>${report}</p>
            </section>`
          : nothing
      }
      ${this.facts(briefing)}
      ${
        this.token && !report && state !== 'cancelled'
          ? html`<answer-form
              .token=${this.token}
              .briefing=${briefing}
              @answered=${() => void this.load()}
            ></answer-form>`
          : nothing
      }
      ${routeSection(picture, briefing.stops, briefing.distance_m)}
    `;
  }

  private facts(briefing: Briefing): TemplateResult {
    const { title, meeting_point, headcount, duration_min, department_name } = briefing;
    const name = pick(title);
    return html`<dl class="facts">
      <dt>${t('outing.when')}</dt>
      <dd><time datetime=${briefing.starts_at}>${whenOf(briefing)}</time></dd>
      <dt>${t('hosts.duration')}</dt>
      <dd>${t('hosts.duration_value', { count: duration_min })}</dd>
      <dt>${t('hosts.headcount')}</dt>
      <dd>${t('hosts.headcount_value', { count: headcount })}</dd>
      <dt>${t('outing.meet')}</dt>
      <dd lang=${langOf(meeting_point)}>${meeting_point}</dd>
      <dt>${t('outing.route')}</dt>
      <dd lang=${langOf(name)}>${name}</dd>
      <dt>${t('outing.department')}</dt>
      <dd lang=${langOf(department_name)}>${department_name}</dd>
    </dl>`;
  }

  private load(): Promise<boolean> {
    const { token } = this;
    if (!token) return Promise.resolve(false);
    return this.shown.run(async (signal) => {
      const briefing = await get<Briefing>(`/api/hosts/${token}`, signal);
      const { line, stops, attributions } = briefing;
      return { briefing, picture: this.shown.value?.picture ?? { line, stops, attributions } };
    });
  }
}

customElements.define('hosts-page', HostsPage);
