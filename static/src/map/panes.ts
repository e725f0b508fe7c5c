import { L } from './leaflet';

/** What is drawn above what. Leaflet's own tiles are at 200, its markers at 600. */
const PANES = { base: 250, names: 260, areas: 350, lines: 420, chosen: 590, top: 640 } as const;

/** A level of the drawing, from the ground up. */
export type Pane = keyof typeof PANES;

/** Gives the map its levels. */
export function createPanes(map: L.Map): void {
  for (const [name, level] of Object.entries(PANES)) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(level);
    if (name === 'base' || name === 'names') pane.setAttribute('aria-hidden', 'true');
  }
}

const renderers = new WeakMap<L.Map, Partial<Record<Pane, L.SVG>>>();

/** The drawing surface of a level. */
export function rendererOf(map: L.Map, pane: Pane): L.SVG {
  const known = renderers.get(map) ?? {};
  renderers.set(map, known);
  // A generous margin, so that dragging does not show the edge of the drawing.
  return (known[pane] ??= L.svg({ pane, padding: 0.5 }));
}
