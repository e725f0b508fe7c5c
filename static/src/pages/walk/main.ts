/** The page on which a route is walked (`/walk`). Works without a network once it has been opened. */
import '../../shell/start';
import '../../styles/route-map.css';
import '../../styles/outbox.css';
import '../../styles/walk.css';
import './walk-page';
