/** The page of where walks went (`/coverage`). */
import '../../shell/start';
import '../../styles/coverage.css';
import './coverage-page';
