import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/visits';
import type { Visit } from '../model/visits';

/** `<visit-photos>`: the photos of a visit, each shown when somebody wants to see it: that is written to the audit log. */
export class VisitPhotos extends LightElement {
  static override properties = { visit: { attribute: false } };

  declare visit: Visit;
  private readonly open = new Set<string>();
  private readonly failed = new Set<string>();

  protected override render(): TemplateResult | typeof nothing {
    const { photos } = this.visit;
    if (photos.length === 0) return nothing;
    return html`<div class="visit-photos">
      <p class="section-text">${t('visits.photo_record')}</p>
      ${photos.map((photo, index) => this.photo(photo, index + 1))}
    </div>`;
  }

  private photo({ photo_id: id, state }: Visit['photos'][number], number: number): TemplateResult {
    if (state !== 'complete')
      return html`<p>${icon('info')}${t('visits.photo_missing', { number })}</p>`;
    if (this.failed.has(id))
      return html`<p role="alert">${icon('warning')}${t('visits.photo_failed')}</p>`;
    if (this.open.has(id)) {
      return html`<img
        class="visit-photo"
        src="/api/visits/${this.visit.id}/photos/${id}"
        alt=${t('visits.photo_alt', { number, stop: pick(this.visit.stop_name) })}
        @error=${() => {
          this.failed.add(id);
          this.requestUpdate();
        }}
      />`;
    }
    return html`<button
      type="button"
      class="button button-small"
      @click=${() => {
        this.open.add(id);
        this.requestUpdate();
      }}
    >
      ${icon('show')}${t('visits.photo_show', { number })}
    </button>`;
  }
}

customElements.define('visit-photos', VisitPhotos);
