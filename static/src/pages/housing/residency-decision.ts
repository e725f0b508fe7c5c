import { html, type PropertyValues, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import { LightElement } from '../../components/light-element';
import { loaded } from '../../components/lists';
import { t } from '../../i18n/areas/housing';
import { Task } from '../../state/task';
import './decision-form';
import type { LinkList, ResidencyItem, Suggestion } from './model';
import { suggestionView } from './suggestion';
import { councilBadge, personText } from './words';

interface Known {
  suggestion: Suggestion;
  councils: LinkList['councils'];
}

/**
 * `<residency-decision>`: decides anew which council somebody's home belongs to, or for the first
 * time. Fires `decided`, `stale` and `cancelled`.
 */
export class ResidencyDecision extends LightElement {
  static override properties = { residency: { attribute: false } };

  declare residency: ResidencyItem;
  private readonly known = new Task<Known>(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('residency')) void this.load();
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('h3')?.focus();
  }

  protected override render(): TemplateResult {
    const { residency } = this;
    return html`<section class="card" aria-labelledby="residency-decision-title">
      <h3 class="section-title" id="residency-decision-title" tabindex="-1">
        ${t('housing.decide_of', { person: personText(residency) })}
      </h3>
      <p>${t('housing.council')}: ${councilBadge(residency.assignment)}</p>
      <p class="section-text">${t('housing.undo_text')}</p>
      ${loaded(
        this.known,
        t('housing.suggestion_failed'),
        () => void this.load(),
        ({ suggestion, councils }) =>
          html`${suggestionView(suggestion)}
            <decision-form
              .residency=${residency.id}
              .decisions=${residency.assignment.decisions}
              .suggestion=${suggestion}
              .councils=${councils}
              .asksDay=${true}
            ></decision-form>`,
      )}
      <div class="button-row">
        <button
          type="button"
          class="button"
          @click=${() => this.dispatchEvent(new CustomEvent('cancelled'))}
        >
          ${t('housing.cancel')}
        </button>
      </div>
    </section>`;
  }

  private async load(): Promise<void> {
    await this.known.run(async (signal) => {
      const path = `/api/housing/residencies/${this.residency.id}/suggestion`;
      const [suggestion, { councils }] = await Promise.all([
        get<Suggestion>(path, signal),
        get<LinkList>('/api/housing/links', signal),
      ]);
      return { suggestion, councils };
    });
  }
}

customElements.define('residency-decision', ResidencyDecision);
