/**
 * The map library. It is the largest part of the app: pages import a map (`ward-map`, `design-map`,
 * …) lazily, each the one that it shows.
 */
import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import './map.css';

export { L };
