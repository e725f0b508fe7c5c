/** The page on which a registrar introduces residents to the chairs of their councils (`/introductions`). */
import '../../shell/start';
import '../../styles/introductions.css';
import './introductions-page';
