import { html, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import { empty, loaded } from '../../components/lists';
import { t } from '../../i18n/areas/introductions';
import type { IntroductionList } from '../../introductions/types';
import { PageElement } from '../../shell/page-element';
import { Task } from '../../state/task';
import './sheet-form';
import './sheet-list';

/** `<introductions-page>`: residents who consent are introduced to the chairs of their councils. */
export class IntroductionsPage extends PageElement {
  protected readonly needs = ['read_introductions'];
  private readonly list = new Task<IntroductionList>(this);

  protected override heading(): string {
    return t('giving.title');
  }

  protected override enter(): void {
    void this.load();
  }

  protected override content(): TemplateResult {
    return html`
      <p class="page-lead">${t('giving.lead')}</p>
      <p><a href="/housing">${t('giving.register')}</a></p>
      ${loaded(
        this.list,
        t('giving.failed'),
        () => void this.load(),
        ({ councils, sheets }) => html`
          <section class="section" aria-labelledby="make">
            <h2 class="section-title" id="make">${t('giving.make')}</h2>
            ${
              councils.length === 0
                ? empty(t('giving.none'))
                : html`<sheet-form
                    .councils=${councils}
                    @made=${() => void this.load()}
                  ></sheet-form>`
            }
          </section>
          <sheet-list .sheets=${sheets} @changed=${() => void this.load()}></sheet-list>
        `,
      )}
    `;
  }

  private load(): Promise<boolean> {
    return this.list.run((signal) => get<IntroductionList>('/api/housing/introductions', signal));
  }
}

customElements.define('introductions-page', IntroductionsPage);
