import { html, nothing, type TemplateResult } from 'lit';
import { DOWNLOAD_FORMATS, downloadUrl } from '../../../api/endpoints';
import type { Dataset, Field, LayerSummary } from '../../../api/types';
import { sampleBadge } from '../../../components/badges';
import { langOf } from '../../../components/lang-of';
import { icon } from '../../../components/icon';
import { datasetLine } from '../../../format/freshness';
import { pick } from '../../../i18n';
import { type Key, t } from '../../../i18n/areas/map';
import { move } from '../model/camera';

/** What a layer is, what its signs mean, where it comes from, and how to take it away. */
export function layerDetails(summary: LayerSummary): TemplateResult {
  const { id, bbox, datasets } = summary;
  const title = pick(summary.title);
  return html`
    <p>${pick(summary.description)}</p>
    ${legend(summary)}
    ${
      bbox
        ? html`<button
            type="button"
            class="button button-small"
            @click=${() => {
              move((camera) => {
                camera.fit(bbox);
              });
            }}
          >
            ${icon('fit')}${t('layer.fit')}
          </button>`
        : nothing
    }
    <h4>${t('layer.downloads')}</h4>
    <ul class="downloads">
      ${DOWNLOAD_FORMATS.map(
        ([format, name]) =>
          html`<li>
            <a
              class="button button-small"
              href=${downloadUrl(id, format)}
              download
              aria-label=${t('layer.download', { layer: title, format: name })}
              >${icon('download')}${name}</a
            >
          </li>`,
      )}
    </ul>
    <h4>${t('layer.datasets')}</h4>
    ${datasets.length === 0 ? html`<p>${t('layer.no_datasets')}</p>` : nothing}
    <ul class="datasets">
      ${datasets.map((dataset) => html`<li>${datasetDetails(dataset)}</li>`)}
    </ul>
  `;
}

function legend({ id, fields }: LayerSummary): TemplateResult | typeof nothing {
  const entries = kinds(id, fields);
  if (entries.length === 0) return nothing;
  return html`<h4>${t('layer.signs')}</h4>
    <ul class="signs">
      ${entries.map(
        ({ kind, label }) =>
          html`<li><layer-symbol layer=${id} kind=${kind}></layer-symbol>${label}</li>`,
      )}
    </ul>`;
}

function kinds(layer: string, fields: readonly Field[]): { kind: string; label: string }[] {
  const label = (name: string): string =>
    pick(fields.find((field) => field.name === name)?.label ?? { ja: name, en: name, easy: name });
  if (layer === 'shelters') {
    return [
      { kind: 'emergency', label: label('emergency') },
      { kind: 'evacuation', label: label('evacuation') },
      { kind: 'both', label: t('legend.shelter_both') },
    ];
  }
  const kind = fields.find(({ name }) => name === 'kind');
  return (kind?.choices ?? []).map((choice) => ({ kind: choice.value, label: pick(choice.label) }));
}

/** A dataset's lineage: what it is called, whose it is, under which terms. */
export function datasetDetails(dataset: Dataset): TemplateResult {
  const line = datasetLine(dataset);
  const row = (label: Key, text: string, url: string | null = null): TemplateResult =>
    html`<div>
      <dt>${t(label)}</dt>
      <dd lang=${langOf(text)}>${link(text, url)}</dd>
    </div>`;
  return html`<div class="dataset">
    <p class="dataset-title">
      <span lang=${langOf(dataset.title)}>${dataset.title}</span>
      ${dataset.sample ? sampleBadge() : nothing}
    </p>
    <p class="freshness freshness-${line.tone}">
      ${line.tone === 'warning' ? icon('warning') : nothing}${line.text}
    </p>
    <dl class="facts">
      ${row('dataset.source', dataset.source, dataset.source_url)}
      ${row('dataset.licence', dataset.licence, dataset.licence_url)}
      ${row('dataset.attribution', dataset.attribution)} ${row('dataset.steward', dataset.steward)}
      ${row('dataset.count', t('count.features', { count: dataset.feature_count }))}
      ${
        dataset.vanished_count > 0
          ? row('dataset.vanished', t('count.features', { count: dataset.vanished_count }))
          : nothing
      }
    </dl>
  </div>`;
}

function link(text: string, url: string | null): TemplateResult | string {
  return url && /^https?:\/\//.test(url)
    ? html`<a href=${url} target="_blank" rel="noopener"
        >${text}${icon('external')}<span class="visually-hidden">${t('link.new_tab')}</span></a
      >`
    : text;
}
