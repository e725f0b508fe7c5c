/** The map page (`/`). */
import '@digital-go-jp/design-tokens/dist/tokens.css';
import '../../styles/base.css';
import '../../styles/controls.css';
import '../../styles/head.css';
import '../../styles/map-page.css';
import '../../styles/panel.css';
import '../../styles/detail.css';
import '../../styles/print.css';
import './parts/map-page';
import { preferredLanguage, setLanguage } from '../../i18n';
import { keepAddress, known, readAddress } from './model/address';
import { keepFresh, refreshSummaries, refreshVisible } from './model/layers';
import { select } from './model/selection';
import { loadSettings } from './model/settings';
import { EMBEDDED, store } from './model/state';

const link = readAddress();
void setLanguage(link.language ?? preferredLanguage(), { remember: false });
document.documentElement.classList.toggle('embedded', EMBEDDED);
store.set({ filter: link.filter ?? '' });

void loadSettings();
void refreshSummaries();
keepFresh();

/** The link can be followed once it is known which layers there are, at the first try or later. */
const stop = store.subscribe(() => {
  if (store.state.summariesStatus !== 'ready') return;
  stop();
  store.set({ visible: new Set(known(link.layers)) });
  refreshVisible();
  if (link.selection) void select(link.selection.layer, link.selection.id, 'link');
  keepAddress();
});
