/** The page of the roster (`/roster`). */
import '../../shell/start';
import './roster-page';
