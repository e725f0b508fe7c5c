import { html, nothing, type TemplateResult } from 'lit';
import type { Feature } from '../../../api/types';
import { icon } from '../../../components/icon';
import { nameOf } from '../../../format/feature';
import { t } from '../../../i18n/areas/map';
import { stopsOf } from '../model/list';
import { select } from '../model/selection';
import { store, summaryOf } from '../model/state';
import { featureRow } from './feature-row';

const ROUTES = 'routes';
const STOPS = 'stops';

const stopsOfRoute = (route: unknown): Feature[] =>
  stopsOf(store.state.data.get(STOPS)?.features ?? [], route);

/** The stops of a route, in the order in which they are walked. */
export function routeStops(layer: string, feature: Feature): TemplateResult | typeof nothing {
  if (layer !== ROUTES) return nothing;
  const data = store.state.data.get(STOPS);
  const stops = stopsOfRoute(feature.properties['route_code']);
  return html`<section aria-labelledby="stops-title">
    <h3 id="stops-title">${t('route.stops', { count: stops.length })}</h3>
    ${
      data?.status === 'loading' && stops.length === 0
        ? html`<p class="loading">${t('layer.loading')}</p>`
        : nothing
    }
    <ol class="rows route-stops">
      ${stops.map(
        (stop) =>
          html`<li>
            ${featureRow(STOPS, { feature: stop, distance_m: null }, summaryOf(STOPS), 'detail')}
          </li>`,
      )}
    </ol>
  </section>`;
}

/** From a stop: back to its route, and to the stops before and after it. */
export function stopSteps(layer: string, feature: Feature): TemplateResult | typeof nothing {
  const { route_code: code } = feature.properties;
  if (layer !== STOPS || typeof code !== 'string') return nothing;
  const stops = stopsOfRoute(code);
  const at = stops.findIndex(({ id }) => id === feature.id);
  const route = store.state.data
    .get(ROUTES)
    ?.features.find(({ properties }) => properties['route_code'] === code);
  return html`<nav class="stop-steps" aria-label=${t('stop.steps')}>
    ${
      route
        ? html`<button
            type="button"
            class="link-button stop-route"
            @click=${() => void select(ROUTES, route.id, 'detail')}
          >
            ${t('stop.back_to_route', { route: nameOf(route) })}
          </button>`
        : nothing
    }
    <div class="button-row">
      ${step(stops[at - 1], 'left')}
      <span class="stop-at">
        ${at >= 0 ? t('stop.of', { number: at + 1, count: stops.length }) : nothing}
      </span>
      ${step(at >= 0 ? stops[at + 1] : undefined, 'right')}
    </div>
  </nav>`;
}

function step(stop: Feature | undefined, direction: 'left' | 'right'): TemplateResult {
  const label = t(direction === 'left' ? 'stop.previous' : 'stop.next');
  return html`<button
    type="button"
    class="button"
    ?disabled=${!stop}
    aria-label=${stop ? `${label}: ${nameOf(stop)}` : label}
    @click=${() => stop && void select(STOPS, stop.id, 'detail')}
  >
    ${direction === 'left' ? icon('left') : nothing}${label}${
      direction === 'right' ? icon('right') : nothing
    }
  </button>`;
}
