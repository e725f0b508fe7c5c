/**
 * How each layer looks: a shape and a colour, so that nobody depends on colour alone.
 * Colours are the dark steps of the design tokens, which keep a white glyph above 4.5:1.
 */
import type { Feature } from '../api/types';
import type { GlyphName } from './glyphs';

/** The outline of a point's symbol. */
export type Outline = 'circle' | 'square' | 'diamond' | 'house' | 'shield' | 'hexagon' | 'dot';

/** How lines and borders of a layer are drawn. */
export interface Stroke {
  width: number;
  /** As in SVG's `stroke-dasharray`. */
  dash: string | null;
  /** How much of the colour fills an area, 0 to 1. */
  fill: number;
}

/** The look of a layer. */
export interface Look {
  colour: string;
  outline: Outline;
  glyph: GlyphName;
  stroke: Stroke;
}

const look = (
  colour: string,
  outline: Outline,
  glyph: GlyphName,
  stroke: Partial<Stroke> = {},
): Look => ({ colour, outline, glyph, stroke: { width: 2, dash: null, fill: 0.12, ...stroke } });

const LOOKS: Record<string, Look> = {
  routes: look('#0017c1', 'circle', 'walk', { width: 5, fill: 0 }),
  stops: look('#0017c1', 'circle', 'dot'),
  organisations: look('#ac3e00', 'house', 'people', { dash: '6 4' }),
  councils: look('#5c10be', 'shield', 'people', { width: 3, dash: '10 6', fill: 0.08 }),
  shelters: look('#115a36', 'square', 'shelter'),
  facilities: look('#006f83', 'diamond', 'dot'),
  schools: look('#8b008b', 'hexagon', 'school'),
  school_districts: look('#6e5600', 'square', 'dot', { width: 2.5, dash: '2 6', fill: 0.06 }),
  districts: look('#4d4d4d', 'square', 'dot', { width: 3, dash: '14 5 3 5', fill: 0.04 }),
  localities: look('#4d4d4d', 'dot', 'none', { dash: '3 3' }),
  boundary: look('#1a1a1a', 'square', 'dot', { width: 4, fill: 0 }),
};

const UNKNOWN = look('#333333', 'circle', 'dot');

/** The look of a layer. A layer that this app does not know yet gets a plain one. */
export const lookOf = (layer: string): Look => LOOKS[layer] ?? UNKNOWN;

const KIND_GLYPHS: Record<string, GlyphName> = {
  neighbourhood_association: 'people',
  shopping_street: 'shop',
  pta: 'pencil',
  volunteer_guide: 'flag',
  npo: 'hand',
  business: 'building',
  public: 'building',
  tourism: 'star',
  aed: 'heart',
  cultural_property: 'torii',
  toilet: 'toilet',
  station: 'train',
  park: 'tree',
  emergency: 'run',
  evacuation: 'roof',
};

/** The glyph of a kind within a layer, or the layer's own. */
export const glyphOf = (layer: string, kind: string | null): GlyphName =>
  (kind === null ? undefined : KIND_GLYPHS[kind]) ?? lookOf(layer).glyph;

/**
 * The kind by which a feature's glyph is chosen. A shelter has no `kind`: what matters at a
 * glance is whether it is only to flee to, only to stay in, or both.
 */
export function kindOf(layer: string, feature: Feature): string | null {
  const { kind, emergency, evacuation } = feature.properties;
  if (layer === 'shelters' && (emergency === true) !== (evacuation === true)) {
    return emergency === true ? 'emergency' : 'evacuation';
  }
  return typeof kind === 'string' ? kind : null;
}

const ROUTE_COLOURS = ['#0017c1', '#ce0000', '#00735c', '#8b008b', '#ac3e00', '#005f99'] as const;
let routeCodes: string[] = [];

/**
 * Tells the app which routes there are. Routes cross each other, so neighbours in the order of
 * their codes get different colours; the same routes always get the same ones.
 */
export function learnRoutes(features: readonly Feature[]): void {
  const codes = features.map(({ properties }) => properties['route_code']);
  const all = [...routeCodes, ...codes.filter((code) => typeof code === 'string')];
  routeCodes = [...new Set(all)].sort();
}

/** A colour that a route and its stops share. */
export function routeColour(code: unknown): string {
  const index = typeof code === 'string' ? Math.max(0, routeCodes.indexOf(code)) : 0;
  return ROUTE_COLOURS[index % ROUTE_COLOURS.length] ?? ROUTE_COLOURS[0];
}

/** The colour of one feature. */
export const colourOf = (layer: string, feature: Feature): string =>
  layer === 'routes' || layer === 'stops'
    ? routeColour(feature.properties['route_code'])
    : lookOf(layer).colour;
