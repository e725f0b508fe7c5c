/** The page of one's own training (`/training`). */
import '../../shell/start';
import '../../styles/training.css';
import './training-page';
