/** The page of training programmes (`/programmes`). */
import '../../shell/start';
import '../../styles/exports.css';
import '../../styles/position.css';
import '../../styles/survey.css';
import '../../styles/training.css';
import './programmes-page';
