/**
 * What a link to the map remembers. It lives behind the `#`, so that where somebody looks never
 * reaches the service's logs. Parts that make no sense are left out: a bad link still opens the map.
 */
import { isLanguage, type Language } from '../../../i18n';
import type { Selection, View } from './state';

/** What is in a link. Null means: not said. */
export interface Permalink {
  view: View | null;
  layers: string[] | null;
  selection: Selection | null;
  language: Language | null;
  filter: string | null;
}

const MAX_ZOOM = 22;
/** Longer than any layer's or feature's name; guards against a link made to be heavy. */
const NAME = /^[\w-]{1,64}$/;
const MAX_FILTER = 200;

/** The part of the address behind the `#`. */
export function encodePermalink(link: Permalink): string {
  const { view, layers, selection, language, filter } = link;
  const parts: [string, string | null][] = [
    ['map', view && [view.zoom, view.lat.toFixed(5), view.lon.toFixed(5)].join('/')],
    ['layers', layers && layers.join(',')],
    ['select', selection && `${selection.layer}/${selection.id}`],
    ['lang', language],
    ['find', filter?.trim() ? filter.trim() : null],
  ];
  return parts
    .filter((part): part is [string, string] => part[1] !== null)
    .map(([name, value]) => `${name}=${escape(value)}`)
    .join('&');
}

/** Slashes and commas are safe behind `#`, and links stay readable. */
const escape = (value: string): string =>
  encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%2C', ',');

/** Reads `#…`, or a query for those who write links by hand. */
export function decodePermalink(text: string): Permalink {
  const parts = new URLSearchParams(text.replace(/^[#?]/, ''));
  const language = parts.get('lang');
  return {
    view: decodeView(parts.get('map')),
    layers: decodeLayers(parts.get('layers')),
    selection: decodeSelection(parts.get('select')),
    language: isLanguage(language) ? language : null,
    filter: parts.get('find')?.slice(0, MAX_FILTER) ?? null,
  };
}

function decodeView(value: string | null): View | null {
  const numbers = value?.split('/').map((part) => (part.trim() === '' ? NaN : Number(part))) ?? [];
  const [zoom, lat, lon] = numbers;
  if (numbers.length !== 3 || zoom === undefined || lat === undefined || lon === undefined) {
    return null;
  }
  const sensible = zoom >= 0 && zoom <= MAX_ZOOM && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return sensible ? { zoom, lat, lon } : null;
}

function decodeLayers(value: string | null): string[] | null {
  if (value === null) return null;
  return [...new Set(value.split(','))].filter((name) => NAME.test(name));
}

function decodeSelection(value: string | null): Selection | null {
  const [layer, id, ...rest] = value?.split('/') ?? [];
  if (layer === undefined || id === undefined || rest.length > 0) return null;
  return NAME.test(layer) && NAME.test(id) ? { layer, id } : null;
}
