/** The page of one's own council (`/council`). Works without a network once its reader has wanted that. */
import '../../shell/start';
import '../../styles/outbox.css';
import '../../styles/outings.css';
import '../../styles/gatherings.css';
import '../../styles/council.css';
import '../../styles/introductions.css';
import './council-page';
