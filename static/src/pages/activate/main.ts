/** Where an activation link leads (`/activate#TOKEN`). */
import '../../shell/start';
import './activate-page';
