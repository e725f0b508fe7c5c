import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { t } from '../../../i18n/areas/walk';

/** What browsers that install pages hand over. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

// It comes early, perhaps before the component is there.
let offered: InstallEvent | null = null;
const hints = new Set<InstallHint>();
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  offered = event as InstallEvent;
  for (const hint of hints) hint.requestUpdate();
});

/** Whether the page could be put on the home screen of an iPhone, whose browser says so nowhere. */
const isOnIphone = (): boolean => (navigator as { standalone?: boolean }).standalone === false;

/** `<install-hint>`: puts the page on the home screen. */
export class InstallHint extends LightElement {
  override connectedCallback(): void {
    super.connectedCallback();
    hints.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    hints.delete(this);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (offered) {
      return html`<button type="button" class="button" @click=${() => void this.install()}>
        ${icon('download')}${t('walk.install')}
      </button>`;
    }
    return isOnIphone() ? html`<p class="section-text">${t('walk.install_iphone')}</p>` : nothing;
  }

  private async install(): Promise<void> {
    const event = offered;
    offered = null;
    this.requestUpdate();
    await event?.prompt();
  }
}

customElements.define('install-hint', InstallHint);
