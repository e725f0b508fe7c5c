/** Where a place is: a point, or an area where its layer takes one. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Place } from '../../api/types';
import { type Shape } from '../../geo/shape';
import { t } from '../../i18n/areas/edit';
import './area-field';
import { areaProblem } from './area-words';
import { degrees } from '../../geo/degrees';
import '../../components/position-field';
import { areaOf, type Draft, type GeometryKind, geometryKind, positionOf } from './draft';

const KINDS = [
  ['point', 'edit.as_point'],
  ['area', 'edit.as_area'],
] as const;

export function placeGeometry(
  place: Place,
  draft: Draft,
  error: string | undefined,
  canWrite: boolean,
  redraft: (draft: Draft) => void,
): TemplateResult {
  const kind = geometryKind(place, draft);
  return html`<section class="section" aria-labelledby="position">
    <h3 id="position">${t(kind === 'area' ? 'edit.area' : 'edit.position')}</h3>
    ${place.shape === 'area_or_point' && canWrite ? choice(kind, draft, redraft) : nothing}
    ${kind === 'area' ? area(place, draft, error, canWrite, redraft) : point(place, draft, error, redraft)}
    ${
      place.geometry.edited && !draft.resetGeometry && canWrite
        ? html`<button
            type="button"
            class="button button-small"
            @click=${() => {
              redraft({
                ...draft,
                position: null,
                shape: null,
                geometry: null,
                resetGeometry: true,
              });
            }}
          >
            ${t('edit.position_follow_file')}
          </button>`
        : nothing
    }
  </section>`;
}

function choice(kind: GeometryKind, draft: Draft, redraft: (draft: Draft) => void): TemplateResult {
  return html`<fieldset class="choices">
    <legend class="field-label">${t('edit.shown_as')}</legend>
    ${KINDS.map(
      ([value, label]) =>
        html`<label class="check">
          <input
            type="radio"
            name="geometry"
            .value=${value}
            .checked=${value === kind}
            @change=${() => {
              redraft({ ...draft, geometry: value });
            }}
          />
          <span>${t(label)}</span>
        </label>`,
    )}
  </fieldset>`;
}

const point = (
  place: Place,
  draft: Draft,
  error: string | undefined,
  redraft: (draft: Draft) => void,
): TemplateResult =>
  html`<position-field
    .value=${positionOf(place, draft)}
    .error=${error ?? ''}
    @placed=${(event: CustomEvent<{ lat: string; lon: string }>) => {
      redraft({ ...draft, position: event.detail, resetGeometry: false });
    }}
  ></position-field>`;

const area = (
  place: Place,
  draft: Draft,
  error: string | undefined,
  canWrite: boolean,
  redraft: (draft: Draft) => void,
): TemplateResult =>
  html`<area-field
    .value=${areaOf(place, draft)}
    .near=${degrees(positionOf(place, draft))}
    .error=${error ?? ''}
    .locked=${!canWrite}
    @drawn=${(event: CustomEvent<Shape>) => {
      redraft({ ...draft, shape: event.detail, resetGeometry: false });
    }}
  ></area-field>`;

/** What is wrong with where a place is, before it is sent; null when nothing is, or nothing is changed. */
export function geometryProblem(place: Place, draft: Draft): string | null {
  const isNew = place.id === '';
  if (geometryKind(place, draft) === 'area') {
    return draft.shape || isNew || draft.geometry ? areaProblem(areaOf(place, draft)) : null;
  }
  const isTouched = draft.position !== null || isNew;
  return isTouched && !degrees(positionOf(place, draft)) ? t('edit.position_wrong') : null;
}
