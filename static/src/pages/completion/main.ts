/** The page of who has completed their training (`/completion`). */
import '../../shell/start';
import '../../styles/exports.css';
import '../../styles/survey.css';
import '../../styles/training.css';
import './completion-page';
