import type { Geometry } from '../api/types';
import { L } from './leaflet';

/** How deep the coordinates of a geometry are nested. */
const DEPTH: Record<string, number> = {
  LineString: 0,
  MultiLineString: 1,
  Polygon: 1,
  MultiPolygon: 2,
};

/** A geometry's coordinates as Leaflet wants them: latitude first. */
export const latLngs = (geometry: Geometry): unknown[] =>
  L.GeoJSON.coordsToLatLngs(geometry.coordinates, DEPTH[geometry.type] ?? 0);
