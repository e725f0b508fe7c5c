// The service worker of the pages that work without a network. The build puts their addresses in place of PAGES, the names of
// their files in place of PRECACHE, and the hash of all in place of VERSION. Answers about persons are never kept here: only
// pages, and what the walk page put into a route's cache.
const SHELL = 'machiaruki-shell-VERSION';
const PAGES = /* PAGES */ [];
const FILES = /* PRECACHE */ [];

self.addEventListener('install', (event) => {
  const shell = async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll(FILES);
    for (const page of PAGES) {
      const response = await fetch(page);
      if (response.ok) await cache.put(page, response);
      // A part of the service that stands alone has not all of them.
      else if (response.status !== 404) throw new Error(`${page}: ${response.status}`);
    }
  };
  // No skipWaiting: a walk that is on goes on with the files it began with. The page says when none is.
  event.waitUntil(shell());
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
    if (PAGES.includes(pathname)) event.respondWith(kept(pathname, request));
  } else if (/^\/(assets|api\/photos)\//.test(pathname) || FILES.includes(pathname)) {
    event.respondWith(kept(pathname, request));
  }
});
