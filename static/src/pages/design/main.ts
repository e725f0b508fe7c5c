/** The page on which routes are designed (`/design`). */
import '../../shell/start';
import '../../styles/design.css';
import '../../styles/design-editor.css';
import '../../styles/design-parts.css';
import '../../styles/exports.css';
import '../../styles/survey.css';
import './design-page';
