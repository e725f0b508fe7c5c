import { html, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import type { AuditStatus } from '../../api/types';
import { copy } from '../../components/clipboard';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { loaded } from '../../components/lists';
import { moment } from '../../components/moment';
import { t } from '../../i18n/areas/audit';
import { Task } from '../../state/task';

/** `<audit-seal>`: how far the log is sealed, and what to note to notice a rewriting. */
export class AuditSeal extends LightElement {
  private readonly status = new Task<AuditStatus>(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="seal">
      <h2 class="section-title" id="seal">${t('audit.seal')}</h2>
      ${loaded(
        this.status,
        t('audit.seal_failed'),
        () => void this.load(),
        ({ sealed, unsealed, sealed_at: at, head }) => html`
          <dl class="facts">
            <dt>${t('audit.sealed')}</dt>
            <dd>${t('audit.count', { count: sealed })}</dd>
            <dt>${t('audit.unsealed')}</dt>
            <dd>${t('audit.count', { count: unsealed })}</dd>
            <dt>${t('audit.sealed_at')}</dt>
            <dd>${at ? moment(at) : '-'}</dd>
            <dt>${t('audit.head')}</dt>
            <dd>
              <p class="code">${head}</p>
              <button type="button" class="button button-small" @click=${() => void copy(head)}>
                ${icon('link')}${t('audit.copy')}
              </button>
            </dd>
          </dl>
          <p class="section-text">${t('audit.head_help')}</p>
        `,
      )}
    </section>`;
  }

  private load(): Promise<boolean> {
    return this.status.run((signal) => get('/api/audit/status', signal));
  }
}

customElements.define('audit-seal', AuditSeal);
