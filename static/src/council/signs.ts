/** How what belongs to a council is drawn: the same on the map and in its legend, each unlike the others without its colour. */
import { drawLegend, drawPoint, svg } from '../symbols/draw';
import { lookOf } from '../symbols/looks';

/** As what something is drawn. */
export type Sign = 'area' | 'walk' | 'step_free' | 'member' | 'shelter' | 'meeting_place' | 'home';
/** What is drawn as a line. */
export type WaySign = 'walk' | 'step_free';
/** What is drawn as a point. */
export type PointSign = Exclude<Sign, WaySign | 'area'>;

/** How the ways are drawn: a line, and beads, which lie on the line where both ways are one. */
export const WAYS: Readonly<
  Record<WaySign, { colour: string; width: number; casing: number; dash: string | null }>
> = {
  walk: { colour: '#0031d8', width: 5, casing: 9, dash: null },
  step_free: { colour: '#115a36', width: 9, casing: 12, dash: '0.1 16' },
};

/** The sign of a point. */
export function drawSign(sign: PointSign): SVGSVGElement {
  switch (sign) {
    case 'member':
      return drawPoint(lookOf('organisations'));
    case 'shelter':
      return drawPoint(lookOf('shelters'));
    case 'meeting_place':
      return drawPoint({ ...lookOf('councils'), glyph: 'flag' });
    case 'home':
      return drawPoint({ outline: 'circle', colour: '#1a1a1a', glyph: 'roof' });
  }
}

const isWay = (sign: Sign): sign is WaySign => sign in WAYS;

function drawWay(sign: WaySign): SVGSVGElement {
  const { colour, width, dash } = WAYS[sign];
  return svg(
    'svg',
    { viewBox: '0 0 32 32', width: 32, height: 32, 'aria-hidden': 'true', focusable: 'false' },
    svg('path', {
      d: 'M5 24L14 9L28 20',
      fill: 'none',
      stroke: colour,
      'stroke-width': width,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      ...(dash ? { 'stroke-dasharray': dash } : {}),
    }),
  );
}

/** A sign as the legend shows it. */
export const drawLegendSign = (sign: Sign): SVGSVGElement => {
  if (sign === 'area') return drawLegend(lookOf('councils'), 'area');
  return isWay(sign) ? drawWay(sign) : drawSign(sign);
};
