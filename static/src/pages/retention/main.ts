/** How long data is kept, and erasing what is past that (`/retention`). */
import '../../shell/start';
import '../../styles/retention.css';
import './retention-page';
