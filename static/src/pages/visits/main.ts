/** The page on which trainers check visits (`/visits`). */
import '../../shell/start';
import '../../styles/visits.css';
import './visits-page';
