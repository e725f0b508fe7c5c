/** The page that chairs of councils open by a link (`/introduction#…`), without an account. */
import '../../shell/start';
import '../../styles/introductions.css';
import './introduction-page';
