/** From degrees to a square picture, for small maps that are drawn without a library. */
import type { Bbox, Position } from '../api/types';

const METRES_PER_DEGREE = 111_195;
/** The smallest part of the world that is drawn, in degrees: about a hundred metres. */
const SMALLEST = 0.001;
/** How much of the picture what has to be seen may fill. */
const FILLED = 0.84;

/** How a picture is drawn. */
export interface Projection {
  /** Where a position lies in the picture. */
  at: (position: Position) => [x: number, y: number];
  /** How long a metre is in it. */
  metre: number;
  /** What of the world is seen. */
  bounds: Bbox;
}

/** A picture of `size` that is `wide` degrees of latitude wide, around a place. */
function picture([lon0, lat0]: Position, wide: number, size: number): Projection {
  const narrow = Math.cos((lat0 * Math.PI) / 180);
  const scale = size / wide;
  const [up, aside] = [wide / 2, wide / 2 / narrow];
  return {
    at: ([lon, lat]) => [size / 2 + (lon - lon0) * narrow * scale, size / 2 - (lat - lat0) * scale],
    metre: scale / METRES_PER_DEGREE,
    bounds: [lon0 - aside, lat0 - up, lon0 + aside, lat0 + up],
  };
}

/** A picture in which all of these are seen. */
export function fitted(positions: readonly Position[], size: number): Projection {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positions) {
    [w, s, e, n] = [Math.min(w, lon), Math.min(s, lat), Math.max(e, lon), Math.max(n, lat)];
  }
  if (w > e) return picture([0, 0], 360, size);
  const middle: Position = [(w + e) / 2, (s + n) / 2];
  const narrow = Math.cos((middle[1] * Math.PI) / 180);
  return picture(middle, Math.max((e - w) * narrow, n - s, SMALLEST) / FILLED, size);
}

/** A picture of what lies around a place: so many metres across. */
export const around = (place: Position, metres: number, size: number): Projection =>
  picture(place, metres / METRES_PER_DEGREE, size);

/** A line or a ring as SVG writes it. */
export const pathOf = ({ at }: Projection, positions: readonly Position[]): string =>
  positions
    .map((position) =>
      at(position)
        .map((value) => value.toFixed(1))
        .join(','),
    )
    .join(' ');
