/** The page of one's own record: stamps, map, history (`/record`). */
import '../../shell/start';
import '../../styles/route-map.css';
import '../../styles/record.css';
import './record-page';
