import { html, nothing, type TemplateResult } from 'lit';
import type { Feature, LayerSummary, Value } from '../../../api/types';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { type Section, sections, type Shown } from '../../../format/field';
import { language, pick } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import { relatedFeature } from '../model/related';
import { select } from '../model/selection';

/** Shown elsewhere in the details: as the heading, a badge, the text above, or on the map. */
const ELSEWHERE = new Set([
  'name',
  'name_kana',
  'name_en',
  'kind',
  'sample',
  'description',
  'description_en',
  'meeting_place_longitude',
  'meeting_place_latitude',
]);

/** The story of a place, in the reader's language where it is written in it. */
export function prose({ properties }: Feature): TemplateResult | typeof nothing {
  const { description, description_en: english } = properties;
  const useEnglish = (language() === 'en' && english !== undefined) || description === undefined;
  const text = useEnglish ? english : description;
  return typeof text === 'string'
    ? html`<p class="prose" lang=${useEnglish ? 'en' : 'ja'}>${text}</p>`
    : nothing;
}

/** A feature's fields, in the order of the catalogue. */
export function detailFields(
  layer: string,
  feature: Feature,
  summary: LayerSummary,
): TemplateResult | typeof nothing {
  const fields = summary.fields.filter(({ name }) => !ELSEWHERE.has(name));
  const found = sections(fields, (name) => feature.properties[name]);
  if (found.length === 0) return nothing;
  return html`<section aria-labelledby="facts-title">
    <h3 id="facts-title" class="visually-hidden">${t('detail.facts')}</h3>
    ${found.map((section) => sectionRow(layer, feature, section))}
  </section>`;
}

function sectionRow(layer: string, feature: Feature, section: Section): TemplateResult {
  if (section.kind === 'field') {
    const { field, shown } = section;
    return html`<dl class="facts">
      <div>
        <dt>${pick(field.label)}</dt>
        <dd lang=${langOf(plain(shown))}>
          ${value(layer, field.name, shown, feature.properties[field.name])}
        </dd>
      </div>
    </dl>`;
  }
  return html`<dl class="flags">
    ${section.flags.map(
      ({ field, value: said }) =>
        html`<div class="flag flag-${said === null ? 'unsaid' : said ? 'yes' : 'no'}">
          <dt>${pick(field.label)}</dt>
          <dd>${t(said === null ? 'flag.unsaid' : said ? 'flag.yes' : 'flag.no')}</dd>
        </div>`,
    )}
  </dl>`;
}

const plain = (shown: Shown): string =>
  shown.kind === 'list' ? shown.items.join(' ') : shown.text;

function value(layer: string, field: string, shown: Shown, raw: Value | undefined): unknown {
  switch (shown.kind) {
    case 'text':
      return related(layer, field, shown.text, raw);
    case 'list':
      return html`<ul class="values">
        ${shown.items.map((item) => html`<li>${related(layer, field, item, item)}</li>`)}
      </ul>`;
    case 'link':
      return shown.href.startsWith('tel:')
        ? html`<a href=${shown.href}>${shown.text}</a>`
        : html`<a href=${shown.href} target="_blank" rel="noopener noreferrer"
            >${shown.text}${icon('external')}<span class="visually-hidden"
              >${t('link.new_tab')}</span
            ></a
          >`;
  }
}

/** A name that another layer knows leads there. */
function related(layer: string, field: string, text: string, raw: Value | undefined): unknown {
  const target = typeof raw === 'string' ? relatedFeature(layer, field, raw) : null;
  return target
    ? html`<button
        type="button"
        class="link-button"
        @click=${() => void select(target.layer, target.id, 'detail')}
      >
        ${text}
      </button>`
    : text;
}
