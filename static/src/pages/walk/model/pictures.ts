/** What the map of a walk shows: the whole route, or what lies around the walker. */
import type { Position } from '../../../api/types';
import { around, fitted, type Projection } from '../../../geo/projection';

/** How long a side of the picture is. */
export const SIZE = 400;
/** How much of the world is seen around the walker, in metres. */
const NEAR_M = 400;

/** All of a route. */
export const wholeRoute = (line: readonly Position[]): Projection => fitted(line, SIZE);

/** What lies around a place. */
export const nearby = (place: Position): Projection => around(place, NEAR_M, SIZE);
