import { html, type TemplateResult } from 'lit';
import type { Bbox, Feature, LayerSummary } from '../../../api/types';
import { boxOf } from '../../../geo/measure';
import { LightElement } from '../../../components/light-element';
import { failure } from '../../../components/failure';
import { ApiError } from '../../../api/client';
import { language, onLanguageChange } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import type { WardMap } from '../../../map/ward-map';
import { readAddress } from '../model/address';
import { attachCamera } from '../model/camera';
import { refreshVisible, want } from '../model/layers';
import { stopsOf } from '../model/list';
import { loadRelated } from '../model/related';
import { select } from '../model/selection';
import { BASE_LAYERS, store, summaryOf } from '../model/state';
import { coveredBySheet } from './sheet-size';

/** Where to look when not even the service can say: all of Japan's main islands. */
const JAPAN: Bbox = [129, 31, 146, 45.5];
const SETTLE_MS = 300;
const NONE: readonly Feature[] = [];

/** `<map-view>`: keeps the map and the page's state in step. The map library comes on its own. */
export class MapView extends LightElement {
  static override properties = { failed: { state: true } };

  declare private failed: boolean;
  private map: WardMap | null = null;
  private starting = false;
  private readonly stops: (() => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private shownLanguage = language();

  constructor() {
    super();
    this.failed = false;
  }

  protected override render(): TemplateResult {
    return html`<div
        id="map"
        class="map"
        role="region"
        aria-label=${t('map.label')}
        aria-description=${t('map.keys')}
      ></div>
      ${
        this.failed
          ? failure(t('map.failed'), new ApiError('offline', null), () => void this.start())
          : ''
      }`;
  }

  protected override firstUpdated(): void {
    this.stops.push(
      store.subscribe(() => {
        this.follow();
      }),
      onLanguageChange(() => {
        this.follow();
      }),
    );
    void this.start();
  }

  /** Starts as soon as it is known where to look: by the link, or by the ward's box. */
  private async start(): Promise<void> {
    const { settings, settingsError, summaries, summariesStatus } = store.state;
    const container = this.querySelector<HTMLElement>('#map');
    const known = settings ?? (settingsError && summariesStatus !== 'loading');
    if (this.map || this.starting || !container || !known) return;
    this.starting = true;
    this.failed = false;
    try {
      const { WardMap } = await import('../../../map/ward-map');
      const box = settings?.bbox ?? summaries.find(({ bbox }) => bbox)?.bbox ?? JAPAN;
      this.map = new WardMap(container, {
        baseMap: settings?.base_map ?? null,
        start: readAddress().view ?? box,
        covered: () => coveredBySheet(container),
        onMove: (view, viewBox) => {
          store.set({ view, viewBox });
          clearTimeout(this.timer);
          this.timer = setTimeout(refreshVisible, SETTLE_MS);
        },
        onChoose: (layer, id) => void select(layer, id, 'map'),
        onBase: (base) => {
          store.set({ base });
        },
      });
      this.attach(this.map, box);
      this.follow();
    } catch {
      // A deployment replaced the file, or the network went away between the page and the map.
      this.failed = true;
    } finally {
      this.starting = false;
    }
  }

  private attach(map: WardMap, ward: Bbox): void {
    attachCamera({
      setView: (view) => {
        map.setView(view);
      },
      fit: (box) => {
        map.fit(box);
      },
      reset: () => {
        map.fit(store.state.settings?.bbox ?? ward);
      },
      bring: (_layer, feature, how) => {
        map.bring(feature, boxOf(feature), how);
      },
      zoom: (steps) => {
        map.zoom(steps);
      },
      focus: (layer, id) => map.focus(layer, id),
      retryBase: () => {
        map.retryBase();
      },
      resize: () => {
        map.resize();
      },
    });
  }

  private follow(): void {
    const { map } = this;
    if (!map) {
      // After a failure it is for the reader to ask again: the state changes all the time.
      if (!this.failed) void this.start();
      return;
    }
    if (this.shownLanguage !== language()) {
      this.shownLanguage = language();
      map.rename();
    }
    const { settings } = store.state;
    // The settings may arrive only at a second try, after the map had to start without them.
    if (settings) map.setBaseMap(settings.base_map ?? null);
    this.followBase(map);
    for (const summary of store.state.summaries) this.followLayer(map, summary);
    this.followSelection(map);
    map.setPlace(store.state.place);
  }

  private followBase(map: WardMap): void {
    const { base, data, summariesStatus } = store.state;
    if (base === 'tiles' || summariesStatus !== 'ready') return;
    for (const layer of BASE_LAYERS) {
      if (!data.has(layer) && summaryOf(layer)) want(layer);
      map.setOutline(layer, data.get(layer)?.features ?? NONE);
    }
  }

  private followLayer(map: WardMap, { id, shape }: LayerSummary): void {
    const { data, visible } = store.state;
    const features = data.get(id)?.features ?? NONE;
    map.setLayer(
      id,
      visible.has(id) && features.length > 0
        ? { features, withSymbols: shape !== 'area' && shape !== 'line' }
        : null,
    );
  }

  private followedFeature: Feature | null = null;
  private followedStops: readonly Feature[] = NONE;

  private followSelection(map: WardMap): void {
    const { selection, selected, data } = store.state;
    const feature = selected?.status === 'ready' ? selected.feature : null;
    const stops = data.get('stops')?.features ?? NONE;
    if (feature === this.followedFeature && stops === this.followedStops) return;
    this.followedFeature = feature;
    this.followedStops = stops;
    if (!feature || !selection) {
      map.choose(null);
      return;
    }
    loadRelated(selection.layer, feature.properties);
    const { route_code: route } = feature.properties;
    const companions = selection.layer === 'routes' ? stopsOf(stops, route) : [];
    map.choose(
      { layer: selection.layer, feature },
      companions.map((stop) => ({ layer: 'stops', feature: stop })),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops.splice(0)) stop();
  }
}

customElements.define('map-view', MapView);
