/**
 * Points on a map that are moved by mouse, finger and arrow keys: the corners of an area, the stops and
 * control points of a route. Nothing is kept here but the markers: what people do is told, and whoever
 * uses this gives the points anew.
 *
 * Beside the map belongs a list that does the same with buttons and typed degrees: a gesture must
 * never be the only way (WCAG 2.5.7), and only the chosen point is a stop of the tab key.
 */
import type { Position } from '../api/types';
import { L } from './leaflet';
import { type IconParts, SymbolIcon } from './symbol-icon';

/** A point that can be moved. One that changes in any way is given as a new object. */
export interface DraggablePoint {
  /** The same for as long as it is the same point. */
  readonly id: string;
  readonly at: Position;
  /** What a screen reader says, such as “Corner 3”. */
  readonly label: string;
}

/** How points look, and whom to tell. */
export interface DraggablePointsOptions<P extends DraggablePoint> {
  /** How a point is drawn. A finger needs a `size` of 24 pixels at least; the drawing may be smaller. */
  icon: (point: P, isChosen: boolean) => Omit<IconParts, 'label'>;
  /** A point is moved; `isDone` once it has been let go. */
  onMove: (id: string, at: Position, isDone: boolean) => void;
  /** A point was pressed. */
  onChoose: (id: string) => void;
}

/** What is on the map of one point. */
interface Drawn<P> {
  point: P;
  isChosen: boolean;
  marker: L.Marker;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** How many pixels an arrow key moves a point: farther with Shift, finer when the map is closer. */
const STEP_PX = 4;
const FAR_STEP_PX = 40;

/** Degrees with as many places as mean something: 0.1 m. */
export const positionOf = ({ lat, lng }: L.LatLng): Position => {
  const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
  return [round(lng), round(lat)];
};

/** A set of points on a map. */
export class DraggablePoints<P extends DraggablePoint> {
  private readonly drawn = new Map<string, Drawn<P>>();
  private dragged: string | null = null;

  constructor(
    private readonly map: L.Map,
    private readonly options: DraggablePointsOptions<P>,
  ) {}

  /** Shows these points and no others. */
  set(points: readonly P[], chosen: string | null = null): void {
    const ids = new Set(points.map(({ id }) => id));
    for (const [id, { marker }] of this.drawn) {
      if (ids.has(id)) continue;
      marker.remove();
      this.drawn.delete(id);
      if (this.dragged === id) this.dragged = null;
    }
    for (const point of points) this.show(point, point.id === chosen);
  }

  /** Puts the keyboard focus on a point, where it is shown. */
  focus(id: string): void {
    this.drawn.get(id)?.marker.getElement()?.focus({ preventScroll: true });
  }

  /** Takes all of them away. */
  clear(): void {
    this.set([]);
  }

  private show(point: P, isChosen: boolean): void {
    const known = this.drawn.get(point.id);
    if (!known) {
      const marker = this.create(point);
      this.drawn.set(point.id, { point, isChosen, marker });
      this.dress(point, isChosen, marker);
      marker.addTo(this.map);
      this.announce(isChosen, marker);
      return;
    }
    // Whoever holds a point knows better where it is, and a new icon would take it out of their hand.
    if (this.dragged === point.id) return;
    const { marker } = known;
    // Compared with where the marker is: a move that was not accepted is taken back.
    const at = latLng(point.at);
    if (!marker.getLatLng().equals(at, 0)) marker.setLatLng(at);
    if (known.point !== point || known.isChosen !== isChosen) {
      this.dress(point, isChosen, marker);
      this.announce(isChosen, marker);
    }
    this.drawn.set(point.id, { point, isChosen, marker });
  }

  private create({ id, at }: P): L.Marker {
    // What the tab key stops at is decided by `announce`.
    const marker = L.marker(latLng(at), {
      draggable: true,
      keyboard: false,
      bubblingMouseEvents: false,
    });
    marker
      .on('dragstart', () => {
        this.dragged = id;
      })
      .on('drag', () => {
        this.options.onMove(id, positionOf(marker.getLatLng()), false);
      })
      .on('dragend', () => {
        this.dragged = null;
        this.options.onMove(id, positionOf(marker.getLatLng()), true);
      })
      .on('click', () => {
        this.options.onChoose(id);
      })
      .on('add', () => {
        marker.getElement()?.addEventListener('keydown', (event) => {
          this.press(id, marker, event);
        });
      });
    return marker;
  }

  private dress(point: P, isChosen: boolean, marker: L.Marker): void {
    const { label } = point;
    marker.setIcon(new SymbolIcon({ ...this.options.icon(point, isChosen), label: () => label }));
    marker.setZIndexOffset(isChosen ? 1000 : 0);
  }

  private announce(isChosen: boolean, marker: L.Marker): void {
    const element = marker.getElement();
    element?.setAttribute('role', 'button');
    element?.setAttribute('aria-pressed', String(isChosen));
    element?.setAttribute('tabindex', isChosen ? '0' : '-1');
  }

  private press(id: string, marker: L.Marker, event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step) {
      const pixels = event.shiftKey ? FAR_STEP_PX : STEP_PX;
      const from = this.map.project(marker.getLatLng());
      const to = this.map.unproject(from.add([step[0] * pixels, step[1] * pixels]));
      this.options.onMove(id, positionOf(to), true);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.options.onChoose(id);
    } else {
      return;
    }
    // The map would move under the point.
    event.preventDefault();
    event.stopPropagation();
  }
}

const latLng = ([lon, lat]: Position): L.LatLng => L.latLng(lat, lon);
