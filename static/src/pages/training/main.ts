/** The page of one's own training (`/training`). */
import '../../shell/start';
import '../../styles/outbox.css';
import '../../styles/survey.css';
import '../../styles/training.css';
import './training-page';
