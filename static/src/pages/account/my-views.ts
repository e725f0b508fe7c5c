import { html, type TemplateResult } from 'lit';
import type { View, Views } from '../../api/types';
import { dataTable } from '../../components/data-table';
import { LightElement } from '../../components/light-element';
import { empty, paged } from '../../components/lists';
import { moment } from '../../components/moment';
import { actionName, roleNames } from '../../format/access';
import { t } from '../../i18n/areas/account';
import { Pages } from '../../state/task';

/** `<my-views>`: who looked at one's own record, or changed it. */
export class MyViews extends LightElement {
  private readonly views = new Pages<View, Views>(this, ({ views }) => views);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.views.start('/api/me/views');
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="views">
      <h2 class="section-title" id="views">${t('account.views')}</h2>
      <p class="section-text">${t('account.views_help')}</p>
      ${paged(this.views, t('account.views_failed'), (views) =>
        views.length === 0 ? empty(t('account.views_none')) : this.list(views),
      )}
    </section>`;
  }

  private list(views: readonly View[]): TemplateResult {
    return dataTable<View>({
      caption: t('account.views'),
      rows: views,
      key: ({ at, action, by }) => `${at} ${action} ${by ?? ''}`,
      columns: [
        { label: t('account.view_action'), isName: true, cell: ({ action }) => actionName(action) },
        { label: t('account.view_at'), cell: ({ at }) => moment(at) },
        {
          label: t('account.view_by'),
          cell: ({ by, department }) =>
            by ? [by, department].filter(Boolean).join(' · ') : t('account.view_system'),
        },
        { label: t('account.view_roles'), cell: ({ roles }) => roleNames(roles) },
      ],
    });
  }
}

customElements.define('my-views', MyViews);
