import { html, nothing, type TemplateResult } from 'lit';
import { ask } from '../../../components/dialog';
import { LightElement } from '../../../components/light-element';
import { t } from '../../../i18n/areas/walk';
import { exported, type Item, type Outbox, unsent } from '../../../outbox';

/** `<unsent-bar>`: how many items are unsent, and why; what was not accepted. */
export class UnsentBar extends LightElement {
  static override properties = { outbox: { attribute: false } };
  declare outbox: Outbox;
  private stop: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const again = (): void => {
      this.requestUpdate();
    };
    addEventListener('online', again);
    addEventListener('offline', again);
    this.stop = [
      this.outbox.state.subscribe(again),
      () => {
        removeEventListener('online', again);
        removeEventListener('offline', again);
      },
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stop) stop();
  }

  protected override render(): TemplateResult {
    const { items, account, sending } = this.outbox.state.state;
    const count = unsent(items, { account, sending, online: navigator.onLine });
    const total = count.mine + count.others;
    return html`<div class="unsent" role="status" data-unsent=${total}>
        ${
          total === 0
            ? t('walk.unsent_none')
            : html`<strong>${t('walk.unsent', { count: total })}</strong> ${why(count.why)}
                ${count.others > 0 && count.why !== 'other_account' && account !== null ? t('walk.others', { count: count.others }) : nothing}`
        }
      </div>
      ${
        items.length > 0
          ? html`<div class="button-row">
              <button type="button" class="button" @click=${() => void this.outbox.flush()}>
                ${t('walk.send_now')}
              </button>
              <button
                type="button"
                class="button"
                @click=${() => {
                  this.export();
                }}
              >
                ${t('walk.export')}
              </button>
            </div>`
          : nothing
      }
      ${count.failed > 0 ? this.failures(items) : nothing}`;
  }

  private failures(items: readonly Item[]): TemplateResult {
    const failed = items.filter(({ state }) => state.is === 'failed');
    return html`<div class="notice notice-warning">
      <strong>${t('walk.failed_items', { count: failed.length })}</strong>
      <ul>
        ${failed.map(
          (item) =>
            html`<li>
              ${item.state.is === 'failed' ? item.state.reason.message || item.state.reason.code : ''}
              <button
                type="button"
                class="button button-small"
                @click=${() => void this.dismiss(item)}
              >
                ${t('walk.dismiss')}
              </button>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  private async dismiss(item: Item): Promise<void> {
    const yes = (): string => t('walk.dismiss');
    if (await ask({ title: yes, text: () => t('walk.dismiss_ask'), yes, danger: true })) {
      await this.outbox.dismiss(item.id);
    }
  }

  private export(): void {
    const text = exported(this.outbox.state.state.items, new Date());
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = 'machiaruki-unsent.json';
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

function why(reason: ReturnType<typeof unsent>['why']): string {
  switch (reason) {
    case 'offline':
      return t('walk.why_offline');
    case 'signed_out':
      return t('walk.why_signed_out');
    case 'other_account':
      return t('walk.why_other');
    case 'sending':
      return t('walk.why_sending');
    case 'waiting':
      return t('walk.why_waiting');
    case null:
      return '';
  }
}

customElements.define('unsent-bar', UnsentBar);
