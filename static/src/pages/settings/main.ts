/** What administrators set while the service runs (`/settings`). */
import '../../shell/start';
import './settings-page';
