import type { Shape } from '../api/types';
import { drawLegend, drawPoint } from './draw';
import { glyphOf, lookOf, routeColour } from './looks';

/**
 * `<layer-symbol layer="shelters" shape="point" kind="…" number="…" route="…">`: the sign of a
 * layer (with `shape`), or of one feature of it. Purely visual; write the name beside it.
 */
export class LayerSymbol extends HTMLElement {
  static readonly observedAttributes = ['layer', 'shape', 'kind', 'number', 'route'];

  connectedCallback(): void {
    this.draw();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.draw();
  }

  private draw(): void {
    const layer = this.getAttribute('layer') ?? '';
    const shape = this.getAttribute('shape');
    const route = this.getAttribute('route');
    const own = lookOf(layer);
    const look = route ? { ...own, colour: routeColour(route) } : own;
    this.replaceChildren(
      shape
        ? drawLegend(look, shape as Shape)
        : drawPoint({
            ...look,
            glyph: glyphOf(layer, this.getAttribute('kind')),
            number: this.getAttribute('number'),
          }),
    );
  }
}

customElements.define('layer-symbol', LayerSymbol);
