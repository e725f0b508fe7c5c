import { html, nothing, type TemplateResult } from 'lit';
import type { Bbox } from '../../../api/types';
import { langOf } from '../../../components/lang-of';
import { LightElement } from '../../../components/light-element';
import { drawLegendSign, type Sign } from '../../../council/signs';
import type { MyCouncilDocument, Outlines } from '../../../council/types';
import { language } from '../../../i18n';
import { type Key, t } from '../../../i18n/areas/council';
import type { CouncilMap, CouncilShape } from '../../../map/council-map';
import { sessionStore } from '../../../shell/session';
import { Watch } from '../../../state/store';
import { boxAround, type Drawn, drawnOf, nameIn } from '../model';

/** What the signs mean, in the order of the legend. */
const MEANINGS: Readonly<Record<Sign, Key>> = {
  home: 'council.home',
  meeting_place: 'council.meet',
  walk: 'council.way_walk',
  step_free: 'council.way_step_free',
  shelter: 'council.shelters',
  member: 'council.members',
  area: 'council.map_area',
};

/** Something on the map, as the reader's language calls it. Home is called what it is: the reader knows its name. */
function shapeOf({ sign, geometry, name }: Drawn): CouncilShape {
  const own = sign === 'home' ? null : nameIn(language(), name);
  const label = own ?? t(MEANINGS[sign]);
  const lang = langOf(label);
  return { sign, geometry, label, lang: typeof lang === 'string' ? lang : null };
}

/**
 * `<council-map>`: one's own council on a map. The page says all of it in words. It needs no network: where there are no
 * tiles, the council lies on the ward's outlines.
 */
export class CouncilMapElement extends LightElement {
  static override properties = {
    council: { attribute: false },
    outlines: { attribute: false },
    missing: { state: true },
  };

  declare council: MyCouncilDocument;
  /** What lies under the map where there are no tiles. */
  declare outlines: Outlines;
  /** Whether the map could not be loaded. */
  declare private missing: boolean;
  private map: CouncilMap | null = null;
  /** From where the tiles of the map come, once it is being made. */
  private made: { tiles: string | undefined } | null = null;
  /** What the map looks at. */
  private box = '';

  constructor() {
    super();
    this.outlines = {};
    this.missing = false;
    new Watch(this, sessionStore, ({ settings }) => [settings]);
  }

  protected override render(): TemplateResult {
    const drawn = drawnOf(this.council);
    const shown = (Object.keys(MEANINGS) as Sign[]).filter((sign) =>
      drawn.some((one) => one.sign === sign),
    );
    const base = sessionStore.state.settings?.base_map?.attribution;
    const sources = [...new Set([...(base ? [base] : []), ...this.council.attributions])];
    return html`<section class="section" aria-labelledby="map">
      <h2 class="section-title" id="map">${t('council.map')}</h2>
      ${this.missing ? html`<p>${t('council.map_failed')}</p>` : nothing}
      <div class="council-map" role="group" aria-labelledby="map" ?hidden=${this.missing}></div>
      ${
        this.missing
          ? nothing
          : html`<ul class="council-legend">
                ${shown.map((sign) => html`<li>${drawLegendSign(sign)}${t(MEANINGS[sign])}</li>`)}
              </ul>
              ${sources.map(
                (source) => html`<p class="section-text" lang=${langOf(source)}>${source}</p>`,
              )}`
      }
      <p class="section-text">${t('council.map_same')}</p>
    </section>`;
  }

  protected override updated(): void {
    void this.draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.drop();
  }

  private drop(): void {
    this.map?.remove();
    this.map = null;
    this.made = null;
  }

  /** Makes the map, again when it becomes known where tiles come from; or draws on the one that is there. */
  private async draw(): Promise<void> {
    const baseMap = sessionStore.state.settings?.base_map ?? null;
    const tiles = baseMap?.url_template;
    const box = boxAround(drawnOf(this.council));
    const container = this.querySelector<HTMLElement>('.council-map');
    if (!container || !box || this.missing) return;
    if (this.made && this.made.tiles === tiles) {
      this.show(box);
      return;
    }
    const mine = (this.made = { tiles });
    try {
      const { CouncilMap } = await import('../../../map/council-map');
      // Meanwhile the page may have gone on.
      if (!this.isConnected || this.made !== mine) return;
      this.map?.remove();
      this.map = new CouncilMap(container, { baseMap, box });
      this.box = box.join();
      this.show(box);
    } catch {
      this.missing = true;
    }
  }

  /** Draws what is known now, and looks there where it has moved. */
  private show(box: Bbox): void {
    const { map } = this;
    if (!map) return;
    map.draw(drawnOf(this.council).map(shapeOf));
    if (this.box !== box.join()) map.fit(box);
    this.box = box.join();
    for (const [layer, features] of Object.entries(this.outlines)) map.setOutline(layer, features);
  }
}

customElements.define('council-map', CouncilMapElement);
