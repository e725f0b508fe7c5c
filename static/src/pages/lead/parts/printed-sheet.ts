/** The list of participants on paper: names, a box to tick, a line to sign. */
import { html, type TemplateResult } from 'lit';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/lead';
import type { Person } from '../../../outings/kept';
import type { Outing } from '../../../outings/types';
import { whenOf } from '../../../outings/when';

/** The sheet. It is seen on paper alone. */
export const printedSheet = (outing: Outing, people: readonly Person[]): TemplateResult =>
  html`<div class="printed-sheet" aria-hidden="true">
    <h2>${t('lead.sheet_title')}</h2>
    <p>${pick(outing.title)}</p>
    <p>${whenOf(outing)} ${outing.meeting_point}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">${t('lead.sheet_number')}</th>
          <th scope="col">${t('outing.name')}</th>
          <th scope="col">${t('outing.person_department')}</th>
          <th scope="col">${t('lead.present')}</th>
          <th scope="col">${t('lead.sheet_sign')}</th>
        </tr>
      </thead>
      <tbody>
        ${people.map(
          ({ name, name_kana, department }, index) =>
            html`<tr>
              <td>${index + 1}</td>
              <td><small>${name_kana}</small><br />${name}</td>
              <td>${department}</td>
              <td class="printed-tick"><span></span></td>
              <td class="printed-sign"></td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p>${t('lead.sheet_note')}</p>
  </div>`;
