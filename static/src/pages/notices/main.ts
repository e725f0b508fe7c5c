/** The page of what one was told (`/notices`). Shows what was last loaded without a network. */
import '../../shell/start';
import '../../styles/outbox.css';
import '../../styles/notices.css';
import './notices-page';
