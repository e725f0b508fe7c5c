import { html, nothing, type TemplateResult } from 'lit';
import type { Feature, LayerSummary } from '../../../api/types';
import { badges } from '../../../components/badges';
import { langOf } from '../../../components/lang-of';
import { formatDistance } from '../../../format/distance';
import { nameOf, numberOf } from '../../../format/feature';
import { showValue } from '../../../format/field';
import { language } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import { kindOf } from '../../../symbols/looks';
import '../../../symbols/layer-symbol';
import type { Row } from '../model/list';
import { type Origin, select } from '../model/selection';
import { store } from '../model/state';

/** A feature in a list: a button that chooses it. */
export function featureRow(
  layer: string,
  { feature, distance_m: metres }: Row,
  summary: LayerSummary | undefined,
  origin: Origin = 'list',
): TemplateResult {
  const { selection } = store.state;
  const chosen = selection?.layer === layer && selection.id === feature.id;
  const more = moreOf(feature, summary);
  const name = nameOf(feature);
  return html`<button
    type="button"
    class="row"
    data-row=${origin === 'list' ? `${layer}/${feature.id}` : nothing}
    aria-current=${chosen ? 'true' : nothing}
    @click=${() => void select(layer, feature.id, origin)}
  >
    ${rowSymbol(layer, feature, summary)}
    <span class="row-text">
      <span class="row-name"><span lang=${langOf(name)}>${name}</span> ${badges(feature)}</span>
      ${more ? html`<span class="row-more" lang=${langOf(more)}>${more}</span>` : nothing}
    </span>
    ${metres === null ? nothing : html`<span class="row-distance">${formatDistance(metres)}</span>`}
  </button>`;
}

/** The sign of one feature, as it stands on the map. */
export function rowSymbol(
  layer: string,
  feature: Feature,
  summary: LayerSummary | undefined,
): TemplateResult {
  const drawnAs = summary?.shape === 'line' || summary?.shape === 'area' ? summary.shape : nothing;
  const { route_code: route } = feature.properties;
  return html`<layer-symbol
    layer=${layer}
    shape=${drawnAs}
    kind=${kindOf(layer, feature) ?? nothing}
    number=${numberOf(feature) ?? nothing}
    route=${typeof route === 'string' ? route : nothing}
  ></layer-symbol>`;
}

/** What tells a feature from others of the same name. */
function moreOf({ properties }: Feature, summary: LayerSummary | undefined): string {
  const value = (name: string): string | null => {
    const field = summary?.fields.find((candidate) => candidate.name === name);
    const shown = field ? showValue(field, properties[name]) : null;
    return shown?.kind === 'text' ? shown.text : null;
  };
  const { distance_m: length, duration_min: minutes, name_kana: kana } = properties;
  return [
    value('kind'),
    typeof length === 'number' ? formatDistance(length) : null,
    typeof minutes === 'number' ? t('duration.min', { minutes }) : null,
    value('address') ?? value('district'),
    // Who reads plain Japanese may not read the kanji of a name.
    language() === 'easy' && typeof kana === 'string' ? kana : null,
  ]
    .filter(Boolean)
    .join(' · ');
}
