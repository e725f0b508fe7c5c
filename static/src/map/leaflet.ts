/**
 * Leaflet with its clustering plugin. The plugin extends the global `L`, which Leaflet sets while
 * it loads: the order of these imports matters.
 */
import L from 'leaflet';
import 'leaflet.markercluster';
import 'leaflet/dist/leaflet.css';
import 'leaflet.markercluster/dist/MarkerCluster.css';
import './map.css';

export { L };
