import { html, nothing, type TemplateResult } from 'lit';
import { type Key, t } from '../../i18n/areas/roster';
import { PageElement } from '../../shell/page-element';
import { may } from '../../shell/session';
import { Watch } from '../../state/store';
import './roster-changes';
import './roster-import';
import './staff-add';
import './staff-detail';
import './staff-list';
import './tiers-editor';
import { loadOrganisation, organisation } from './words';

interface View {
  hash: string;
  label: Key;
  needs: string;
  show: () => TemplateResult;
}

const VIEWS: readonly View[] = [
  {
    hash: '',
    label: 'roster.view_list',
    needs: 'read_staff',
    show: () => html`<staff-list></staff-list>`,
  },
  {
    hash: 'add',
    label: 'roster.view_add',
    needs: 'write_staff',
    show: () => html`<staff-add></staff-add>`,
  },
  {
    hash: 'import',
    label: 'roster.view_import',
    needs: 'import_staff',
    show: () => html`<roster-import></roster-import>`,
  },
  {
    hash: 'changes',
    label: 'roster.view_changes',
    needs: 'import_staff',
    show: () => html`<roster-changes></roster-changes>`,
  },
  {
    hash: 'tiers',
    label: 'roster.view_tiers',
    needs: 'write_organisation',
    show: () => html`<tiers-editor></tiers-editor>`,
  },
];

/** `<roster-page>`: who works here, and how the ward keeps that true. */
export class RosterPage extends PageElement {
  protected readonly needs = ['read_staff', 'import_staff'];

  constructor() {
    super();
    new Watch(this, organisation, ({ departments, tiers }) => [departments, tiers]);
  }

  private readonly turn = (): void => {
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.turn);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.turn);
  }

  protected override heading(): string {
    return t('roster.title');
  }

  protected override enter(): void {
    // Without them names of tiers are missing, and nothing else.
    void loadOrganisation().catch(() => undefined);
  }

  protected override content(): TemplateResult {
    const [name = '', who = ''] = location.hash.slice(1).split('=');
    const views = VIEWS.filter(({ needs }) => may(needs));
    const current = views.find(({ hash }) => hash === name) ?? views[0];
    return html`
      ${
        views.length > 1
          ? html`<nav aria-label=${t('roster.views')}>
              <ul class="button-row">
                ${views.map(
                  (view) =>
                    html`<li>
                      <a
                        class="button ${view === current && name !== 'staff' ? 'button-primary' : ''}"
                        href="#${view.hash}"
                        aria-current=${view === current && name !== 'staff' ? 'page' : nothing}
                        >${t(view.label)}</a
                      >
                    </li>`,
                )}
              </ul>
            </nav>`
          : nothing
      }
      ${name === 'staff' ? html`<staff-detail staff=${who}></staff-detail>` : (current?.show() ?? nothing)}
    `;
  }
}

customElements.define('roster-page', RosterPage);
