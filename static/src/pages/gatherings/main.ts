/** The page of councils' gatherings (`/gatherings`), for the registrar and whoever calls a roll. */
import '../../shell/start';
import '../../styles/outbox.css';
import '../../styles/outings.css';
import '../../styles/lead.css';
import '../../styles/gatherings.css';
import './gatherings-page';
