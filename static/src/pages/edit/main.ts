/** The page on which places are edited (`/edit`). */
import '../../shell/start';
import '../../styles/edit.css';
import '../../styles/position.css';
import './edit-page';
