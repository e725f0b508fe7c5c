import { html, nothing, type TemplateResult } from 'lit';
import { drawMuster, drawStanding } from '../../activation/signs';
import type { RollRow } from '../../activation/types';
import { standingName } from '../../activation/words';
import { LightElement } from '../../components/light-element';
import { loadOutlines } from '../../components/outlines';
import { t } from '../../i18n/areas/activations';
import type { RollMap, RollSign } from '../../map/roll-map';
import { sessionStore } from '../../shell/session';
import { Watch } from '../../state/store';
import { boxOf, drawing, type Drawing } from './drawing';
import { STANDINGS } from './roll';
import { countsText } from './words';

/** What the map shows, with what is said of each. */
const signsOf = ({ buildings, places }: Drawing): RollSign[] => [
  ...places.map(({ name, at, arrived, expected }) => ({
    at,
    standing: null,
    count: arrived,
    label: t('activations.map_place', { name, arrived, expected }),
  })),
  ...buildings.map(({ name, at, counts, worst }) => ({
    at,
    standing: worst,
    count: counts[worst],
    label: t('activations.map_building', { name, counts: countsText(counts) }),
  })),
];

/** `<roll-map>`: the residents shown, by building, and where they gather. The list says the same. */
export class RollMapElement extends LightElement {
  static override properties = { rows: { attribute: false }, isMissing: { state: true } };

  declare rows: readonly RollRow[];
  /** Whether the map could not be loaded. */
  declare private isMissing: boolean;
  private map: RollMap | null = null;
  private isStarting = false;
  private isFitted = false;

  constructor() {
    super();
    this.rows = [];
    this.isMissing = false;
    new Watch(this, sessionStore, ({ settings }) => [settings]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.map?.remove();
    this.map = null;
    this.isFitted = false;
  }

  protected override render(): TemplateResult {
    const { missing } = drawing(this.rows);
    const attribution = sessionStore.state.settings?.base_map?.attribution;
    return html`<section class="section no-print" aria-labelledby="roll-map">
      <h2 class="section-title" id="roll-map">${t('activations.map')}</h2>
      <p class="section-text">${t('activations.map_text')}</p>
      ${this.isMissing ? html`<p>${t('activations.map_failed')}</p>` : nothing}
      <div class="roll-map" role="group" aria-labelledby="roll-map" ?hidden=${this.isMissing}></div>
      <ul class="roll-legend">
        ${STANDINGS.map(
          (standing) => html`<li>${drawStanding(standing)}${standingName(standing)}</li>`,
        )}
        <li>${drawMuster()}${t('activation.muster')}</li>
      </ul>
      ${
        missing > 0
          ? html`<p class="section-text">${t('activations.map_missing', { count: missing })}</p>`
          : nothing
      }
      ${attribution ? html`<p class="section-text">${attribution}</p>` : nothing}
    </section>`;
  }

  protected override updated(): void {
    void this.start();
    this.draw();
  }

  /** The map comes when it is known where to look; the list works without it. */
  private async start(): Promise<void> {
    const { settings } = sessionStore.state;
    const container = this.querySelector<HTMLElement>('.roll-map');
    if (!settings || !container || this.map || this.isStarting || this.isMissing) return;
    this.isStarting = true;
    try {
      const { RollMap } = await import('../../map/roll-map');
      if (!this.isConnected) return;
      const baseMap = settings.base_map ?? null;
      this.map = new RollMap(container, { baseMap, box: settings.bbox });
      this.draw();
      loadOutlines((layer, features) => {
        this.map?.setOutline(layer, features);
      });
    } catch {
      this.isMissing = true;
    } finally {
      this.isStarting = false;
    }
  }

  private draw(): void {
    if (!this.map) return;
    const found = drawing(this.rows);
    this.map.draw(signsOf(found));
    // Where somebody looks is theirs: it moves by itself only once.
    const box = this.isFitted ? null : boxOf(found);
    if (!box) return;
    this.isFitted = true;
    this.map.fit(box);
  }
}

customElements.define('roll-map', RollMapElement);
