/** The map data page (`/data`). */
import '../../shell/start';
import '../../styles/data.css';
import './data-page';
