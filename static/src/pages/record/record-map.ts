/** Where somebody was, on the outline of the municipality. */
import { html, svg, type TemplateResult } from 'lit';
import type { Feature, Position } from '../../api/types';
import { fitted, pathOf } from '../../geo/projection';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/record';
import { placesOf, type Visit } from './model';

const SIZE = 400;

/** The rings of outlines. */
const rings = (features: readonly Feature[]): Position[][] =>
  features.flatMap(({ geometry }) =>
    geometry?.type === 'Polygon'
      ? geometry.coordinates
      : geometry?.type === 'MultiPolygon'
        ? geometry.coordinates.flat()
        : [],
  );

/** The map. All of it is also in the history, in words. */
export function recordMap(visits: readonly Visit[], boundary: readonly Feature[]): TemplateResult {
  const places = placesOf(visits);
  const outline = rings(boundary);
  const all = outline.length > 0 ? outline.flat() : places.map(({ location }) => location);
  const picture = fitted(all, SIZE);
  return html`<section class="section" aria-labelledby="map">
    <h2 class="section-title" id="map">${t('record.map')}</h2>
    <p class="visually-hidden">${t('record.map_same')}</p>
    <div class="walk-map record-map">
      <svg viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-labelledby="map">
        ${outline.map((ring) => svg`<polygon class="walk-outline" points=${pathOf(picture, ring)} />`)}
        ${places.map(({ location, name, outcome }) => {
          const [x, y] = picture.at(location);
          return svg`<circle class="record-place record-place-${outcome}" cx=${x} cy=${y} r="7"><title>${pick(name)}</title></circle>`;
        })}
      </svg>
    </div>
    <p class="record-legend">
      <span class="record-key record-key-accepted"></span>${t('record.legend_accepted')}
      <span class="record-key record-key-pending"></span>${t('record.legend_pending')}
    </p>
  </section>`;
}
