/** The page of guided outings, for everybody who walks (`/outings`). Shows what is on the device without a network. */
import '../../shell/start';
import '../../styles/outbox.css';
import '../../styles/outings.css';
import './outings-page';
