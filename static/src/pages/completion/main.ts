/** The page of who has completed their training (`/completion`). */
import '../../shell/start';
import '../../styles/training.css';
import './completion-page';
