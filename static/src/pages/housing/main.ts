/** The page of the register of disaster housing (`/housing`). */
import '../../shell/start';
import '../../styles/position.css';
import '../../styles/exports.css';
import '../../styles/housing.css';
import './housing-page';
