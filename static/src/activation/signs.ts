/** How each answer is drawn, the same on buttons, in lists, on maps and in legends: each unlike the others without its colour. */
import { drawPoint, type PointSymbol } from '../symbols/draw';
import { lookOf } from '../symbols/looks';
import type { Standing } from './answers';

const SIGNS: Readonly<Record<Standing, PointSymbol>> = {
  none: { outline: 'diamond', colour: '#ac3e00', glyph: 'none', number: '?' },
  unable: { outline: 'hexagon', colour: '#a00000', glyph: 'none', number: '×' },
  safe: { outline: 'circle', colour: '#0031d8', glyph: 'people' },
  on_the_way: { outline: 'house', colour: '#5c10be', glyph: 'walk' },
  arrived: { outline: 'square', colour: '#115a36', glyph: 'flag' },
};

/** The colour of an answer, beside its sign. */
export const colourOf = (standing: Standing): string => SIGNS[standing].colour;

/** The sign of an answer; with a number in place of its picture on a map. */
export const drawStanding = (standing: Standing, number?: number): SVGSVGElement =>
  drawPoint(
    number === undefined ? SIGNS[standing] : { ...SIGNS[standing], number: String(number) },
  );

/** The sign of a place where residents gather. */
export const drawMuster = (): SVGSVGElement => {
  const { outline, colour } = lookOf('councils');
  return drawPoint({ outline, colour, glyph: 'flag' });
};
