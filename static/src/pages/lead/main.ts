/** The page for leading outings (`/lead`). Shows the code and calls the roll without a network. */
import '../../shell/start';
import '../../styles/outbox.css';
import '../../styles/outings.css';
import '../../styles/lead.css';
import './lead-page';
