import type { Feature } from '../api/types';
import { isSample, numberOf, spokenName } from '../format/feature';
import { drawPoint } from '../symbols/draw';
import { colourOf, glyphOf, kindOf, lookOf } from '../symbols/looks';
import { L } from './leaflet';

/** The square that a finger can hit, larger than the drawing in it. */
const SIZE = 40;

/** How an icon is made. */
export interface IconParts {
  draw: () => Node;
  className: string;
  size?: number;
  /** What a screen reader says, in the language of the moment when the icon is made. */
  label?: () => string;
}

/** A marker's icon drawn by us: nodes made on demand, because most markers are in clusters. */
export class SymbolIcon extends L.DivIcon {
  constructor(private readonly parts: IconParts) {
    const { className, size = SIZE } = parts;
    super({ className, iconSize: [size, size], iconAnchor: [size / 2, size / 2] });
  }

  override createIcon(old?: HTMLElement): HTMLElement {
    const element = super.createIcon(old);
    element.replaceChildren(this.parts.draw());
    if (this.parts.label) element.setAttribute('aria-label', this.parts.label());
    return element;
  }
}

/** The icon of a feature: its layer's shape and colour, its kind's glyph or its number. */
export function featureIcon(layer: string, feature: Feature): SymbolIcon {
  return icon(layer, feature, { className: 'symbol', label: () => spokenName(feature) });
}

/** The icon of the chosen feature. It says nothing: the details beside the map say all. */
export const chosenIcon = (layer: string, feature: Feature): SymbolIcon =>
  icon(layer, feature, { className: 'symbol is-chosen' });

function icon(layer: string, feature: Feature, parts: Omit<IconParts, 'draw'>): SymbolIcon {
  const look = lookOf(layer);
  return new SymbolIcon({
    draw: () =>
      drawPoint({
        outline: look.outline,
        colour: colourOf(layer, feature),
        glyph: glyphOf(layer, kindOf(layer, feature)),
        number: numberOf(feature),
      }),
    ...parts,
    className: isSample(feature) ? `${parts.className} is-sample` : parts.className,
  });
}
