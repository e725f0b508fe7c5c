// The service worker of the walk page. The build puts the names of the page's files in place of PRECACHE and their hash
// in place of VERSION. Answers about persons are never kept: only the page, and what a page put into a route's cache.
const SHELL = 'machiaruki-shell-VERSION';
const FILES = /* PRECACHE */ [];
const PATIENCE_MS = 4000;

self.addEventListener('install', (event) => {
  // No skipWaiting: a walk that is on goes on with the files it began with.
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

// Slow is as bad as none where the page is on the phone already.
const soon = (request) => fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });

async function page(request) {
  try {
    return await soon(request);
  } catch {
    return (await caches.match('/walk')) ?? Response.error();
  }
}

async function networkFirst(request) {
  try {
    return await soon(request);
  } catch {
    return (await caches.match(request.url)) ?? Response.error();
  }
}

async function cacheFirst(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === '/walk') event.respondWith(page(request));
  } else if (/^\/api\/routes\/[^/]+\/pack$/.test(pathname)) {
    event.respondWith(networkFirst(request));
  } else if (/^\/(assets|api\/photos)\//.test(pathname) || FILES.includes(pathname)) {
    event.respondWith(cacheFirst(request));
  }
});
