/** The packs of routes on this device. */
import { get } from '../../../api/client';
import type { components } from '../../../api/schema';
import type { Position } from '../../../api/types';

/** A route, as the service publishes it. */
export type Route = components['schemas']['RouteDocument'];
/** One of its stops. */
export type Stop = components['schemas']['StopDocument'];

/** What a phone needs to walk a route. */
export interface Pack {
  route: Route;
  ways: Position[][];
  outline: Position[][];
  photos: string[];
  attributions: string[];
}

const PREFIX = 'machiaruki-route-';
const nameOf = (route: string): string => `${PREFIX}${route}`;
const addressOf = (route: string): string => `/api/routes/${route}/pack`;

/** A pack that is on this device, and how large it is, in bytes. */
export interface Kept {
  pack: Pack;
  bytes: number;
}

/** Fetches a route's pack with its photos and keeps it. `progress`: from 0 to 1. */
export async function download(route: string, progress: (done: number) => void): Promise<void> {
  const cache = await caches.open(nameOf(route));
  const pack = await get<Pack>(addressOf(route));
  const all = [addressOf(route), ...pack.photos];
  for (const [index, address] of all.entries()) {
    progress(index / all.length);
    await cache.add(address);
  }
  progress(1);
}

/** Takes a pack off this device. */
export const remove = (route: string): Promise<boolean> => caches.delete(nameOf(route));

/** Every pack on this device, by its route. */
export async function kept(): Promise<Map<string, Kept>> {
  const packs = new Map<string, Kept>();
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const cache = await caches.open(name);
    let pack: Pack | null = null;
    let bytes = 0;
    for (const response of await cache.matchAll()) {
      const isPack = response.headers.get('content-type')?.includes('json');
      const body = await response.arrayBuffer();
      bytes += body.byteLength;
      if (isPack) pack = JSON.parse(new TextDecoder().decode(body)) as Pack;
    }
    if (pack) packs.set(name.slice(PREFIX.length), { pack, bytes });
  }
  return packs;
}
