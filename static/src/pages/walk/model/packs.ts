/** The packs of routes on this device. */
import { asFailure, commonHeaders } from '../../../api/client';
import type { components } from '../../../api/schema';
import type { BaseMap, Position } from '../../../api/types';
import { keepTiles, type Tiles, tilesIn } from './tiles';

type Schemas = components['schemas'];

/** A route, as the service publishes it. */
export type Route = Schemas['RouteDocument'];
/** One of its stops. */
export type Stop = Schemas['StopDocument'];

/** What a phone needs to walk a route. */
export type Pack = Omit<Schemas['PackDocument'], 'ways' | 'outline'> & {
  ways: Position[][];
  outline: Position[][];
};

const PREFIX = 'machiaruki-route-';
const nameOf = (route: string): string => `${PREFIX}${route}`;
const addressOf = (route: string): string => `/api/routes/${route}/pack`;

/** A pack that is on this device, and how large it is, in bytes. */
export interface Kept {
  pack: Pack;
  bytes: number;
}

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address, { headers: commonHeaders() });
  if (!response.ok) throw asFailure(response.status, {});
  return response;
}

/**
 * Fetches a route's pack with its photos, and with the tiles around it where they may be kept, and keeps it. `progress`: from 0
 * to 1.
 */
export async function download(
  route: string,
  baseMap: BaseMap | null,
  progress: (done: number) => void,
): Promise<Kept> {
  progress(0);
  const cache = await caches.open(nameOf(route));
  const response = await fetched(addressOf(route));
  const pack = (await response.clone().json()) as Pack;
  const tiles = baseMap?.offline ? baseMap : null;
  // Tiles are many, but each is small.
  const photosShare = tiles ? 0.4 : 0.9;
  for (const [index, photo] of pack.photos.entries()) {
    await cache.put(photo, await fetched(photo));
    progress((photosShare * (index + 1)) / pack.photos.length);
  }
  if (tiles) {
    await keepTiles(cache, tiles, pack.route.line.coordinates as Position[], (done) => {
      progress(photosShare + (0.9 - photosShare) * done);
    });
  }
  // Last: a pack is there when all of it is.
  await cache.put(addressOf(route), response);
  progress(1);
  const kept = await read(nameOf(route));
  if (!kept) throw new Error('the pack was not kept');
  return kept;
}

/** The tiles that were kept with a pack. */
export const tilesOfPack = async (route: string): Promise<Tiles | null> =>
  'caches' in globalThis ? tilesIn(await caches.open(nameOf(route))) : null;

/** Takes a pack off this device. */
export const remove = (route: string): Promise<boolean> => caches.delete(nameOf(route));

async function read(name: string): Promise<Kept | null> {
  const cache = await caches.open(name);
  const response = await cache.match(addressOf(name.slice(PREFIX.length)));
  if (!response) return null;
  let bytes = 0;
  for (const one of await cache.matchAll()) bytes += (await one.blob()).size;
  return { pack: (await response.json()) as Pack, bytes };
}

/** Every whole pack on this device, by its route. */
export async function kept(): Promise<Map<string, Kept>> {
  const packs = new Map<string, Kept>();
  // Without a store for files (such as over plain HTTP) a route can still be walked with a network.
  if (!('caches' in globalThis)) return packs;
  for (const name of await caches.keys()) {
    const found = name.startsWith(PREFIX) ? await read(name) : null;
    if (found) packs.set(name.slice(PREFIX.length), found);
  }
  return packs;
}
