/** The line of a route that is being designed: each leg on its own, so that it can be tapped and told apart. */
import { L } from './leaflet';

/** A leg by the coordinates of the line with which it begins and ends. */
export interface DesignLeg {
  first: number;
  last: number;
  isStraight: boolean;
}

const COLOUR = '#0031d8';
const STRAIGHT = '#a8071a';
/** Wide enough for a finger. */
const TOUCH_PX = 26;

/** The legs on the map. */
export class DesignLine {
  private readonly group = L.layerGroup();
  private legs: { casing: L.Polyline; line: L.Polyline; touch: L.Polyline }[] = [];

  constructor(
    map: L.Map,
    private readonly onLeg: (leg: number, at: L.LatLng) => void,
  ) {
    this.group.addTo(map);
  }

  /** Draws the legs. Those that are there already are moved, so that a drag stays smooth. */
  draw(points: readonly L.LatLng[], legs: readonly DesignLeg[], isGuess: boolean): void {
    for (const [index, { first, last, isStraight }] of legs.entries()) {
      const drawn = (this.legs[index] ??= this.create(index));
      const piece = points.slice(first, last + 1);
      for (const path of Object.values(drawn)) path.setLatLngs(piece);
      drawn.line.setStyle({
        color: isStraight && !isGuess ? STRAIGHT : COLOUR,
        dashArray: isStraight ? '2 9' : '',
        opacity: isGuess ? 0.7 : 1,
      });
    }
    for (const { casing, line, touch } of this.legs.splice(legs.length)) {
      for (const path of [casing, line, touch]) path.remove();
    }
  }

  private create(leg: number) {
    const shared = { pane: 'lines', lineJoin: 'round', lineCap: 'round' } as const;
    const casing = L.polyline([], { ...shared, color: '#ffffff', weight: 9, interactive: false });
    const line = L.polyline([], { ...shared, color: COLOUR, weight: 5, interactive: false });
    // The list beside the map is the keyboard's way to a leg.
    const touch = L.polyline([], { ...shared, color: COLOUR, opacity: 0, weight: TOUCH_PX }).on(
      'click',
      (event) => {
        L.DomEvent.stopPropagation(event);
        this.onLeg(leg, event.latlng);
      },
    );
    for (const path of [casing, line, touch]) path.addTo(this.group);
    return { casing, line, touch };
  }
}
