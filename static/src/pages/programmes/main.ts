/** The page of training programmes (`/programmes`). */
import '../../shell/start';
import '../../styles/training.css';
import './programmes-page';
