// The service worker of the walk page. The build puts the names of the page's files in place of PRECACHE and their hash
// in place of VERSION. Answers about persons are never kept: only the page, and what the page put into a route's cache.
const SHELL = 'machiaruki-shell-VERSION';
const FILES = /* PRECACHE */ [];

self.addEventListener('install', (event) => {
  // No skipWaiting: a walk that is on goes on with the files it began with. The page says when none is.
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)));
});

self.addEventListener('activate', (event) => {
  const old = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('machiaruki-shell-') && name !== SHELL) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(old());
});

self.addEventListener('message', ({ data }) => {
  if (data === 'update') void self.skipWaiting();
});

const kept = async (key, request) => (await caches.match(key)) ?? fetch(request);

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    // The page and its files are of one version, with a network as without: the next version comes as a whole.
    if (pathname === '/walk') event.respondWith(kept('/walk', request));
  } else if (/^\/(assets|api\/photos)\//.test(pathname) || FILES.includes(pathname)) {
    event.respondWith(kept(pathname, request));
  }
});
