/**
 * The map on which a route is designed: its points as markers that can be dragged, the line between them, a track to be
 * drawn over, and places that no route visits. It keeps nothing: what it shows is set from outside.
 */
import type { BaseMap, Bbox, Feature, Position } from '../api/types';
import { BaseLayer } from './base-map';
import { DesignLine, type DesignLeg } from './design-line';
import { pointIcon } from './design-icon';
import { L } from './leaflet';
import type { LoadWays } from './network-ways';
import { createPanes } from './panes';

/** A point of the way as the map shows it. */
export interface DesignPoint {
  kind: 'stop' | 'control';
  location: Position;
  /** The number of a stop. */
  number: number | null;
  /** What a screen reader says. */
  label: string;
  isChosen: boolean;
  /** Something of the checklist is about it. */
  hasFindings: boolean;
  /** How near one has to come, in metres; drawn when it is chosen. */
  radius_m: number | null;
}

/** A place that no route visits. */
export interface UncoveredPlace {
  location: Position;
  name: string;
  kind: 'locality' | 'council' | 'organisation';
}

/** What the map needs to start, and whom it tells. */
export interface DesignMapOptions {
  baseMap: BaseMap | null;
  box: Bbox;
  /** Somebody tapped on the ground. */
  onTap: (position: Position) => void;
  /** Somebody tapped on a leg of the line. */
  onLeg: (leg: number, position: Position) => void;
  onChoose: (index: number) => void;
  /** A point is being dragged, or was dropped. */
  onDrag: (index: number, position: Position, phase: 'drag' | 'drop') => void;
  /** Somebody moves a point by an arrow key: so many steps to the east and to the north. */
  onStep: (index: number, east: number, north: number) => void;
}

const CLOSE_ZOOM = 17;
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
const OVERLAY_COLOURS = {
  locality: '#6d4bb5',
  council: '#b5410b',
  organisation: '#0a6e5c',
} as const;

const position = ({ lat, lng }: L.LatLng): Position => {
  const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
  return [round(lng), round(lat)];
};
const latLng = ([lon, lat]: Position): L.LatLng => L.latLng(lat, lon);

/** A Leaflet map for designing. */
export class DesignMap {
  private readonly map: L.Map;
  private readonly base: BaseLayer;
  private readonly line: DesignLine;
  private readonly markers: L.Marker[] = [];
  private points: readonly DesignPoint[] = [];
  /** The point that each marker looks like. */
  private readonly looks: DesignPoint[] = [];
  private radius: L.Circle | null = null;
  private guide: L.LayerGroup | null = null;
  private readonly overlay = L.layerGroup();
  private dragging: number | null = null;
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

  constructor(
    container: HTMLElement,
    private readonly options: DesignMapOptions,
  ) {
    this.map = L.map(container, {
      attributionControl: false,
      zoomControl: false,
      minZoom: 9,
      maxZoom: 20,
      zoomAnimation: !this.calm,
      fadeAnimation: !this.calm,
      inertia: !this.calm,
    });
    createPanes(this.map);
    L.control.scale({ imperial: false, position: 'bottomleft' }).addTo(this.map);
    this.fit(options.box);
    this.base = new BaseLayer(this.map, options.baseMap, () => undefined);
    this.line = new DesignLine(this.map, (leg, at) => {
      options.onLeg(leg, position(at));
    });
    this.overlay.addTo(this.map);
    this.map.on('click', ({ latlng }) => {
      options.onTap(position(latlng));
    });
    new ResizeObserver(() => this.map.invalidateSize({ animate: false })).observe(container);
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.base.setOutline(layer, features);
  }

  /** Gives the base map without tiles the ways that one can walk. Tells what must be said of them. */
  setWays(load: LoadWays, onAttributions: (said: readonly string[]) => void): void {
    this.base.setWays(load, onAttributions);
  }

  /** Shows the points in their order. Markers stay the same elements, so that focus and drags survive. */
  setPoints(points: readonly DesignPoint[], isEditable: boolean): void {
    this.points = points;
    for (const [index, point] of points.entries()) {
      const marker = (this.markers[index] ??= this.createMarker(index, point));
      // A new icon or place would end the drag.
      if (this.dragging === index) continue;
      marker.setLatLng(latLng(point.location));
      if (!isSameLook(this.looks[index], point)) {
        this.looks[index] = point;
        marker.setIcon(pointIcon(point));
        this.attend(marker, index);
      }
      marker.setZIndexOffset(point.isChosen ? 2000 : point.kind === 'stop' ? 1000 : 0);
      if (isEditable) marker.dragging?.enable();
      else marker.dragging?.disable();
    }
    for (const marker of this.markers.splice(points.length)) marker.remove();
    this.looks.splice(points.length);
    this.drawRadius();
  }

  /** Shows the line, leg by leg. */
  setLine(coordinates: readonly Position[], legs: readonly DesignLeg[], isGuess: boolean): void {
    this.line.draw(coordinates.map(latLng), legs, isGuess);
  }

  /** Shows a track to be drawn over, faintly. */
  setGuide(track: readonly Position[] | null): void {
    this.guide?.remove();
    this.guide = null;
    if (!track || track.length < 2) return;
    const points = track.map(latLng);
    const shared = { pane: 'areas', interactive: false } as const;
    this.guide = L.layerGroup([
      L.polyline(points, { ...shared, color: '#ffffff', weight: 11, opacity: 0.7 }),
      L.polyline(points, { ...shared, color: '#7a4f01', weight: 7, opacity: 0.4 }),
    ]).addTo(this.map);
  }

  /** Shows places that no route visits. */
  setOverlay(places: readonly UncoveredPlace[]): void {
    this.overlay.clearLayers();
    for (const { location, name, kind } of places) {
      const label = document.createElement('span');
      label.textContent = name;
      L.circleMarker(latLng(location), {
        pane: 'lines',
        radius: kind === 'locality' ? 12 : 7,
        color: '#ffffff',
        weight: 2,
        fillColor: OVERLAY_COLOURS[kind],
        fillOpacity: kind === 'locality' ? 0.35 : 0.8,
        bubblingMouseEvents: true,
      })
        .bindTooltip(label, { direction: 'top' })
        .addTo(this.overlay);
    }
  }

  /** Shows that a tap will add something. */
  setAdding(isAdding: boolean): void {
    this.map.getContainer().classList.toggle('is-adding', isAdding);
  }

  /** Shows a box. */
  fit([w, s, e, n]: Bbox): void {
    this.map.fitBounds(
      [
        [s, w],
        [n, e],
      ],
      { padding: [40, 40], maxZoom: CLOSE_ZOOM, animate: false },
    );
  }

  /** Brings a place into view where it is not. */
  bring(at: Position): void {
    const inner = this.map.getBounds().pad(-0.12);
    if (!inner.contains(latLng(at))) this.map.panTo(latLng(at), { animate: !this.calm });
  }

  /** Shows a place closely, unless it is seen closely already. */
  look(at: Position): void {
    const zoom = Math.max(this.map.getZoom(), CLOSE_ZOOM - 1);
    if (zoom > this.map.getZoom()) this.map.setView(latLng(at), zoom, { animate: false });
    else this.bring(at);
  }

  zoom(steps: number): void {
    this.map.setZoom(this.map.getZoom() + steps, { animate: !this.calm });
  }

  /** What lies in the middle of the map. */
  centre(): Position {
    return position(this.map.getCenter());
  }

  /** Puts the keyboard's focus on a point. */
  focus(index: number): void {
    this.markers[index]?.getElement()?.focus({ preventScroll: true });
  }

  /** Takes the map away. */
  remove(): void {
    this.map.remove();
  }

  private createMarker(index: number, point: DesignPoint): L.Marker {
    const icon = pointIcon(point);
    const marker = L.marker(latLng(point.location), { icon, draggable: true, autoPan: true })
      .on('click', (event) => {
        L.DomEvent.stopPropagation(event);
        this.options.onChoose(index);
      })
      .on('dragstart', () => {
        this.dragging = index;
      })
      .on('drag', () => {
        this.options.onDrag(index, position(marker.getLatLng()), 'drag');
      })
      .on('dragend', () => {
        this.dragging = null;
        this.options.onDrag(index, position(marker.getLatLng()), 'drop');
      });
    return marker.addTo(this.map);
  }

  /** Keys on a point are for the point, not for the map. */
  private attend(marker: L.Marker, index: number): void {
    const element = marker.getElement();
    if (!element || element.dataset['attended']) return;
    element.dataset['attended'] = 'yes';
    element.addEventListener('keydown', (event) => {
      const step = STEPS[event.key];
      if (event.key === 'Enter' || event.key === ' ') this.options.onChoose(index);
      else if (step) this.options.onStep(index, ...step);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  private drawRadius(): void {
    const chosen = this.points.find(
      ({ isChosen, radius_m: radius }) => isChosen && radius !== null,
    );
    if (!chosen?.radius_m) {
      this.radius?.remove();
      this.radius = null;
      return;
    }
    this.radius ??= L.circle([0, 0], {
      pane: 'areas',
      interactive: false,
      color: '#0031d8',
      weight: 2,
      dashArray: '4 4',
      fillOpacity: 0.1,
      radius: 1,
    }).addTo(this.map);
    this.radius.setLatLng(latLng(chosen.location)).setRadius(chosen.radius_m);
  }
}

const isSameLook = (a: DesignPoint | undefined, b: DesignPoint): boolean =>
  a !== undefined &&
  a.kind === b.kind &&
  a.number === b.number &&
  a.label === b.label &&
  a.isChosen === b.isChosen &&
  a.hasFindings === b.hasFindings;
