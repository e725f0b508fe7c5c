/** The registrar's page of activations (`/activations`). */
import '../../shell/start';
import '../../styles/position.css';
import '../../styles/activation.css';
import '../../styles/activations.css';
import './activations-page';
