/** Keeps the address bar and the page in step. */
import { language, setLanguage, onLanguageChange } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import { nameOf } from '../../../format/feature';
import { move } from './camera';
import { refreshVisible } from './layers';
import { decodePermalink, encodePermalink, type Permalink } from './permalink';
import { select } from './selection';
import { EMBEDDED, FIRST_LAYERS, store } from './state';

/** Browsers refuse an address that is rewritten too often. */
const SETTLE_MS = 250;

let written = '';
let writtenSelection = '';
let timer: ReturnType<typeof setTimeout> | undefined;

/** What the address says now, behind the `#` or else in the query. */
export const readAddress = (): Permalink =>
  decodePermalink(location.hash.length > 1 ? location.hash : location.search);

/** What the page shows, as a link would say it. */
function current(): Permalink {
  const { view, visible, selection, filter, summariesStatus } = store.state;
  return {
    view,
    layers: summariesStatus === 'ready' ? [...visible] : null,
    selection,
    language: language(),
    filter: filter || null,
  };
}

/** A link that brings another person to what is shown now. */
export function permalink({ embed = false } = {}): string {
  return `${location.origin}/${embed ? '?embed=1' : ''}#${encodePermalink(current())}`;
}

function write(): void {
  clearTimeout(timer);
  const { selection, summariesStatus, view } = store.state;
  if (summariesStatus !== 'ready' || !view) return;
  const next = encodePermalink(current());
  if (next === written) return;
  const chosen = selection ? `${selection.layer}/${selection.id}` : '';
  const url = `${location.pathname}${location.search}#${next}`;
  // Only choosing something is a step that "back" should undo; looking around is not.
  // An embedded map shares its "back" with the page around it and must not fill it.
  if (chosen !== writtenSelection && written !== '' && !EMBEDDED) history.pushState(null, '', url);
  else history.replaceState(null, '', url);
  written = next;
  writtenSelection = chosen;
}

/** Makes the page show what the address says. */
function follow(): void {
  const link = readAddress();
  const { selection } = link;
  written = encodePermalink(link);
  writtenSelection = selection ? `${selection.layer}/${selection.id}` : '';
  if (link.language) void setLanguage(link.language);
  store.set({
    visible: new Set(known(link.layers)),
    filter: link.filter ?? '',
    ...(selection ? {} : { selection: null, selected: null }),
    ...(!selection && store.state.tab === 'detail' ? { tab: 'list' as const } : {}),
  });
  refreshVisible();
  const { view } = link;
  if (view) {
    move((camera) => {
      camera.setView(view);
    });
  }
  if (selection) void select(selection.layer, selection.id, 'link');
}

/** The layers a link asks for that exist, or those that most people come for. */
export function known(layers: string[] | null): string[] {
  const { summaries } = store.state;
  return (layers ?? FIRST_LAYERS).filter((layer) => summaries.some(({ id }) => id === layer));
}

function title(): void {
  const { selected } = store.state;
  const name = selected?.status === 'ready' ? `${nameOf(selected.feature)} | ` : '';
  document.title = `${name}${t('app.name')} | ${t('app.map')}`;
}

/** Starts keeping the address and the page in step. */
export function keepAddress(): void {
  writtenSelection = (({ selection }) => (selection ? `${selection.layer}/${selection.id}` : ''))(
    readAddress(),
  );
  const later = (): void => {
    title();
    clearTimeout(timer);
    timer = setTimeout(write, SETTLE_MS);
  };
  store.subscribe(later);
  onLanguageChange(later);
  window.addEventListener('popstate', () => {
    clearTimeout(timer);
    if (location.hash.slice(1) !== written) follow();
  });
  title();
}
