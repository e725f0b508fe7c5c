/**
 * The map. It knows features and how they look, but nothing of panels, lists or addresses: what
 * it shows is set from outside, and what people do on it is told to its `on…` functions.
 */
import type { BaseMap, Bbox, Feature, Position } from '../api/types';
import { pointOf } from '../geo/measure';
import { BaseLayer, type BaseState } from './base-map';
import { createClusters } from './clusters';
import { drawFeatures, type FeatureMarker, type Shapes } from './feature-shapes';
import { type Companion, Highlight } from './highlight';
import { L } from './leaflet';
import { createPanes } from './panes';
import { PlaceMarker } from './place-marker';

/** What the map needs to start, and whom it tells. */
export interface WardMapOptions {
  baseMap: BaseMap | null;
  /** Where to look first. */
  start: { lat: number; lon: number; zoom: number } | Bbox;
  /** How much of the map lies under other things: top, right, bottom, left in pixels. */
  covered: () => [number, number, number, number];
  onMove: (view: { lat: number; lon: number; zoom: number }, box: Bbox) => void;
  onChoose: (layer: string, id: string) => void;
  onBase: (state: BaseState) => void;
}

/** What one layer shows on the map. */
export interface LayerDrawing {
  features: readonly Feature[];
  /** Whether its areas get a symbol, too. */
  withSymbols: boolean;
}

const CLOSE_ZOOM = 17;
const MAX_ZOOM = 20;
const MIN_ZOOM = 9;
const MARGIN_PX = 48;

const boundsOf = ([w, s, e, n]: Bbox): L.LatLngBounds => L.latLngBounds([s, w], [n, e]);

/** A Leaflet map of a ward. */
export class WardMap {
  private readonly map: L.Map;
  private readonly base: BaseLayer;
  private readonly clusters: L.MarkerClusterGroup;
  private readonly highlight: Highlight;
  private readonly place: PlaceMarker;
  private readonly drawn = new Map<string, { drawing: LayerDrawing; shapes: Shapes }>();
  private raised: ReadonlySet<string> = new Set();
  private readonly hidden = new Set<FeatureMarker>();
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

  constructor(
    container: HTMLElement,
    private readonly options: WardMapOptions,
  ) {
    this.map = L.map(container, {
      zoomControl: false,
      // The page writes the attribution itself: Leaflet's takes HTML strings.
      attributionControl: false,
      minZoom: MIN_ZOOM,
      maxZoom: MAX_ZOOM,
      zoomSnap: 0.25,
      fadeAnimation: !this.calm,
      zoomAnimation: !this.calm,
      markerZoomAnimation: !this.calm,
      inertia: !this.calm,
    });
    createPanes(this.map);
    L.control.scale({ imperial: false, position: 'bottomleft' }).addTo(this.map);
    const { start } = options;
    if (Array.isArray(start)) this.fit(start, false);
    else this.map.setView([start.lat, start.lon], start.zoom);
    this.clusters = createClusters(this.calm).addTo(this.map);
    this.highlight = new Highlight(this.map, options.onChoose);
    this.place = new PlaceMarker(this.map);
    this.base = new BaseLayer(this.map, options.baseMap, options.onBase);
    this.map.on('moveend', () => {
      this.tellMove();
    });
    this.tellMove();
    new ResizeObserver(() => this.map.invalidateSize({ animate: false })).observe(container);
  }

  /** Draws a layer, or draws it again when its features have changed; null takes it away. */
  setLayer(layer: string, drawing: LayerDrawing | null): void {
    const known = this.drawn.get(layer);
    if (known?.drawing.features === drawing?.features) return;
    if (known) {
      this.clusters.removeLayers([...known.shapes.markers.values()]);
      for (const marker of known.shapes.markers.values()) this.hidden.delete(marker);
      for (const path of known.shapes.paths) path.remove();
      this.drawn.delete(layer);
    }
    if (!drawing) return;
    const { features, withSymbols } = drawing;
    const shapes = drawFeatures(this.map, layer, features, withSymbols, this.options.onChoose);
    for (const path of shapes.paths) path.addTo(this.map);
    this.clusters.addLayers([...shapes.markers.values()]);
    this.drawn.set(layer, { drawing, shapes });
    this.lower();
  }

  /** Changes where the tiles come from. */
  setBaseMap(source: BaseMap | null): void {
    this.base.setSource(source);
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.base.setOutline(layer, features);
  }

  /** Shows which feature is chosen, with others that belong to it. */
  choose(
    chosen: { layer: string; feature: Feature } | null,
    companions: readonly Companion[] = [],
  ): void {
    const above = [...(chosen ? [chosen] : []), ...companions].map(({ layer, feature }) =>
      [layer, feature.id].join('/'),
    );
    this.raised = new Set(above);
    this.lower();
    if (chosen) this.highlight.show(chosen.layer, chosen.feature, companions);
    else this.highlight.clear();
  }

  /** What is shown above the clusters is taken out of them, or it would be there twice. */
  private lower(): void {
    for (const [layer, { shapes }] of this.drawn) {
      for (const [id, marker] of shapes.markers) {
        const isRaised = this.raised.has(`${layer}/${id}`);
        if (isRaised === this.hidden.has(marker)) continue;
        if (isRaised) {
          this.clusters.removeLayer(marker);
          this.hidden.add(marker);
        } else {
          this.clusters.addLayer(marker);
          this.hidden.delete(marker);
        }
      }
    }
  }

  /** Shows where the reader is. */
  setPlace(place: { position: Position; accuracy_m: number } | null): void {
    this.place.show(place);
  }

  /** Tries the tiles again. */
  retryBase(): void {
    this.base.start();
  }

  /** Writes all names again, in the language in use. */
  rename(): void {
    this.base.rename();
    for (const [layer, { drawing }] of [...this.drawn]) {
      this.setLayer(layer, null);
      this.setLayer(layer, drawing);
    }
  }

  setView({ lat, lon, zoom }: { lat: number; lon: number; zoom: number }): void {
    this.map.setView([lat, lon], zoom, { animate: !this.calm });
  }

  zoom(steps: number): void {
    this.map.setZoom(this.map.getZoom() + steps, { animate: !this.calm });
  }

  /** Shows a box in the part of the map that nothing covers. */
  fit(box: Bbox, animate = !this.calm): void {
    const [top, right, bottom, left] = this.options.covered();
    this.map.fitBounds(boundsOf(box), {
      paddingTopLeft: [left + MARGIN_PX / 3, top + MARGIN_PX / 3],
      paddingBottomRight: [right + MARGIN_PX / 3, bottom + MARGIN_PX / 3],
      maxZoom: CLOSE_ZOOM,
      animate,
    });
  }

  /** Brings a feature to where nothing covers it. */
  bring(feature: Feature, box: Bbox | null, how: 'closer' | 'into view'): void {
    const point = pointOf(feature);
    const isPoint = !box || (box[0] === box[2] && box[1] === box[3]);
    if (how === 'closer' && !isPoint) this.fit(box);
    else if (point) this.bringPoint(L.latLng(point[1], point[0]), how === 'closer');
  }

  private bringPoint(at: L.LatLng, closer: boolean): void {
    const zoom = closer ? Math.max(this.map.getZoom(), CLOSE_ZOOM) : this.map.getZoom();
    const [top, right, bottom, left] = this.options.covered();
    const size = this.map.getSize();
    const free = L.bounds([left, top], [size.x - right, size.y - bottom]);
    const inner = L.bounds(
      free.getTopLeft().add([MARGIN_PX, MARGIN_PX]),
      free.getBottomRight().subtract([MARGIN_PX, MARGIN_PX]),
    );
    if (!closer && inner.contains(this.map.latLngToContainerPoint(at))) return;
    const offset = free.getCenter().subtract(size.divideBy(2));
    const centre = this.map.unproject(this.map.project(at, zoom).subtract(offset), zoom);
    this.map.setView(centre, zoom, { animate: !this.calm });
  }

  /** Puts the keyboard focus on a symbol, unless it is in a cluster. */
  focus(layer: string, id: string): boolean {
    const marker: FeatureMarker | undefined = this.drawn.get(layer)?.shapes.markers.get(id);
    const element =
      marker?.getElement() ??
      this.map
        .getContainer()
        .querySelector<SVGElement>(`path[data-feature="${CSS.escape(`${layer}/${id}`)}"]`);
    element?.focus({ preventScroll: true });
    return element !== null && element !== undefined && document.activeElement === element;
  }

  /** Measures again, after the page has changed the map's size. */
  resize(): void {
    this.map.invalidateSize({ animate: false });
  }

  private tellMove(): void {
    const { lat, lng: lon } = this.map.getCenter();
    const bounds = this.map.getBounds();
    this.options.onMove({ lat, lon, zoom: this.map.getZoom() }, [
      bounds.getWest(),
      bounds.getSouth(),
      bounds.getEast(),
      bounds.getNorth(),
    ]);
  }
}
