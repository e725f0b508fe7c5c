/** The page of a host of an outing (`/hosts#…`): for whoever has the link, without an account. */
import '../../shell/start';
import '../../styles/outings.css';
import './hosts-page';
