/** The page of the roster (`/roster`). */
import '../../shell/start';
import '../../styles/roster.css';
import './roster-page';
