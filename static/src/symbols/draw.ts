/** Draws symbols as SVG nodes. The same drawing serves the map, the list and the legend. */
import type { Shape } from '../api/types';
import { type GlyphName, glyph, OUTLINES } from './glyphs';
import type { Look, Outline } from './looks';

const SVG = 'http://www.w3.org/2000/svg';

type Attributes = Record<string, string | number>;

/** One SVG node. Attributes, not styles: the content security policy allows no inline style. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes,
  ...children: Node[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

/** What a point's symbol says. */
export interface PointSymbol {
  outline: Outline;
  colour: string;
  glyph: GlyphName;
  /** A number instead of the glyph, such as a stop's place in its route. */
  number?: string | null;
}

/** A point's symbol: outline, colour, and a glyph or a number. */
export function drawPoint({ outline, colour, glyph: name, number }: PointSymbol): SVGSVGElement {
  const border = { stroke: '#ffffff', 'stroke-width': 2, 'stroke-linejoin': 'round' };
  return canvas(
    svg('path', { d: OUTLINES[outline], fill: colour, ...border }),
    number ? drawNumber(number) : drawGlyph(name, outline === 'house' ? 9.5 : 8),
  );
}

function drawNumber(number: string): SVGTextElement {
  return svg(
    'text',
    {
      x: 16,
      y: 21.2,
      fill: '#ffffff',
      'text-anchor': 'middle',
      'font-size': number.length > 1 ? 14 : 15.5,
      'font-weight': 700,
      'font-family': 'sans-serif',
    },
    document.createTextNode(number),
  );
}

function drawGlyph(name: GlyphName, top: number): SVGGElement {
  const { line, solid } = glyph(name);
  const group = svg('g', { transform: `translate(8 ${top})` });
  if (solid) group.append(svg('path', { d: solid, fill: '#ffffff' }));
  if (line) {
    group.append(
      svg('path', {
        d: line,
        fill: 'none',
        stroke: '#ffffff',
        'stroke-width': 1.7,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
      }),
    );
  }
  return group;
}

/** A layer's sign in the legend: what its lines, areas or points look like on the map. */
export function drawLegend(look: Look, shape: Shape): SVGSVGElement {
  if (shape === 'line') return canvas(...drawLine(look));
  if (shape === 'area') return canvas(drawArea(look));
  const point = drawPoint(look);
  if (shape === 'area_or_point' && look.outline !== 'dot') point.prepend(drawArea(look, true));
  return point;
}

function drawLine(look: Look): SVGPathElement[] {
  const path = { d: 'M4 24C10 8 20 26 28 8', fill: 'none', 'stroke-linecap': 'round' };
  return [
    svg('path', { ...path, stroke: '#ffffff', 'stroke-width': look.stroke.width + 3 }),
    svg('path', { ...path, stroke: look.colour, 'stroke-width': look.stroke.width }),
  ];
}

function drawArea({ colour, stroke }: Look, behind = false): SVGRectElement {
  const inset = behind ? 1 : 4;
  return svg('rect', {
    x: inset,
    y: inset,
    width: 32 - inset * 2,
    height: 32 - inset * 2,
    rx: 3,
    fill: colour,
    'fill-opacity': Math.max(stroke.fill, 0.02),
    stroke: colour,
    'stroke-width': behind ? 0 : Math.min(stroke.width, 3),
    ...(stroke.dash ? { 'stroke-dasharray': stroke.dash } : {}),
  });
}

function canvas(...children: Node[]): SVGSVGElement {
  // The name is always written beside a symbol, so readers of the screen need not hear of it.
  return svg(
    'svg',
    { viewBox: '0 0 32 32', width: 32, height: 32, 'aria-hidden': 'true', focusable: 'false' },
    ...children,
  );
}
