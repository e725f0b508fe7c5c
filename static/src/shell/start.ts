/** What every page but the map begins with: its styles, its language, and who is signed in. */
import '@digital-go-jp/design-tokens/dist/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/head.css';
import '../styles/shell.css';
import '../styles/forms.css';
import '../styles/tables.css';
import { preferredLanguage, setLanguage } from '../i18n';
import { loadSession, loadSettings } from './session';

void setLanguage(preferredLanguage(), { remember: false });
void loadSession();
void loadSettings();
