/** How the points of a route that is being designed look. */
import type { DesignPoint } from './design-map';
import type { L } from './leaflet';
import { SymbolIcon } from './symbol-icon';

/** The square that a finger can hit. */
const SIZE = 44;
const SVG = 'http://www.w3.org/2000/svg';

type Look = Pick<DesignPoint, 'kind' | 'number' | 'label' | 'isChosen' | 'hasFindings'>;

/** A numbered disc for a stop, a small ring for a control point. */
export const pointIcon = (look: Look): L.DivIcon =>
  new SymbolIcon({
    draw: () => draw(look),
    className: ['design-point', `design-${look.kind}`, look.isChosen ? 'is-chosen' : '']
      .filter(Boolean)
      .join(' '),
    size: SIZE,
    label: () => look.label,
  });

function draw({ kind, number, hasFindings }: Look): Node {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 44 44');
  svg.setAttribute('aria-hidden', 'true');
  const circle = (radius: string, className: string, x = '22', y = '22'): void => {
    const node = document.createElementNS(SVG, 'circle');
    node.setAttribute('cx', x);
    node.setAttribute('cy', y);
    node.setAttribute('r', radius);
    node.setAttribute('class', className);
    svg.append(node);
  };
  if (kind === 'control') {
    circle('9', 'point-halo');
    circle('6', 'point-ring');
    return svg;
  }
  circle('17', 'point-halo');
  circle('14', 'point-disc');
  const text = document.createElementNS(SVG, 'text');
  text.setAttribute('x', '22');
  text.setAttribute('y', '27.5');
  text.setAttribute('text-anchor', 'middle');
  text.setAttribute('class', 'point-number');
  text.textContent = String(number ?? '');
  svg.append(text);
  // Something of the checklist is about it; the list beside the map says what.
  if (hasFindings) circle('5.5', 'point-dot', '35', '10');
  return svg;
}
