import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../api/client';
import type { SessionItem } from '../../api/types';
import { dataTable } from '../../components/data-table';
import { ask } from '../../components/dialog';
import { failureText } from '../../components/failure';
import { LightElement } from '../../components/light-element';
import { loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { moment } from '../../components/moment';
import { methodName } from '../../format/access';
import { deviceName } from '../../format/device';
import { t } from '../../i18n/areas/account';
import { Task } from '../../state/task';

/** `<my-sessions>`: where one is signed in, and the way to end that. */
export class MySessions extends LightElement {
  private readonly sessions = new Task<SessionItem[]>(this);
  private readonly ending = new Task(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="sessions">
      <h2 class="section-title" id="sessions">${t('account.sessions')}</h2>
      <p class="section-text">${t('account.sessions_help')}</p>
      ${loaded(
        this.sessions,
        t('account.sessions_failed'),
        () => void this.load(),
        (sessions) => this.list(sessions),
      )}
    </section>`;
  }

  private list(sessions: readonly SessionItem[]): TemplateResult {
    return html`
      ${dataTable<SessionItem>({
        caption: t('account.sessions'),
        rows: sessions,
        key: ({ id }) => id,
        columns: [
          {
            label: t('account.device'),
            isName: true,
            cell: (session) =>
              html`${this.device(session)}
              ${session.this ? html`<span class="badge badge-key">${t('account.this_device')}</span>` : nothing}`,
          },
          { label: t('account.method'), cell: ({ method }) => methodName(method) },
          { label: t('account.signed_in_at'), cell: ({ signed_in_at: at }) => moment(at) },
          { label: t('account.seen_at'), cell: ({ seen_at: at }) => moment(at) },
          {
            label: t('account.end'),
            isAction: true,
            cell: (session) =>
              session.this
                ? nothing
                : html`<button
                    type="button"
                    class="button button-small"
                    aria-label=${t('account.end_of', { device: this.device(session) })}
                    @click=${() => void this.end(session.id)}
                  >
                    ${t('account.end')}
                  </button>`,
          },
        ],
      })}
      ${
        sessions.length > 1
          ? html`<button type="button" class="button" @click=${() => void this.end(null)}>
              ${t('account.end_others')}
            </button>`
          : nothing
      }
    `;
  }

  private device({ device }: SessionItem): string {
    return deviceName(device) ?? t('account.device_unknown');
  }

  private load(): Promise<boolean> {
    return this.sessions.run(
      async (signal) =>
        (await get<{ sessions: SessionItem[] }>('/api/me/sessions', signal)).sessions,
    );
  }

  /** Ends one session, or all others. */
  private async end(session: string | null): Promise<void> {
    const yes = await ask({
      title: () => t(session ? 'account.end_title' : 'account.end_others_title'),
      text: () => t('account.end_text'),
      yes: () => t('account.end'),
      danger: true,
    });
    if (!yes) return;
    const path = session ? `/api/me/sessions/${encodeURIComponent(session)}` : '/api/me/sessions';
    const done = await this.ending.run(() => send('DELETE', path));
    const { error } = this.ending;
    // What is gone already is what was wanted.
    if (done || error?.kind === 'missing') say(() => t('account.ended'));
    else if (error) say(() => failureText(error), 'error');
    await this.load();
  }
}

customElements.define('my-sessions', MySessions);
