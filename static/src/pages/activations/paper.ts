/** Who is silent, on paper: to be called one after the other, also where there is no power. */
import { html, type TemplateResult } from 'lit';
import type { ActivationKind, RollRow } from '../../activation/types';
import { markedTitle } from '../../activation/words';
import { icon } from '../../components/icon';
import { moment } from '../../components/moment';
import { t } from '../../i18n/areas/activations';
import { homeText, personText } from './words';

/** What the sheet is about. */
interface Subject {
  kind: ActivationKind;
  title: string;
  declared_at: string;
}

/** The button that prints it. */
export const paperButton = (silent: number): TemplateResult =>
  html`<button
    type="button"
    class="button no-print"
    ?disabled=${silent === 0}
    @click=${() => {
      print();
    }}
  >
    ${icon('print')}${t('activations.print', { count: silent })}
  </button>`;

/** The sheet. It is seen on paper alone. */
export const paper = (subject: Subject, silent: readonly RollRow[], at: Date): TemplateResult =>
  html`<section class="roll-paper" aria-hidden="true">
    <p class="roll-paper-title">${markedTitle(subject)}</p>
    <p>${t('activations.paper_title', { count: silent.length })}</p>
    <p>
      ${t('activations.declared')} ${moment(subject.declared_at)} / ${t('activations.paper_at')}
      ${moment(at.toISOString())}
    </p>
    <table>
      <thead>
        <tr>
          <th>${t('activations.resident')}</th>
          <th>${t('activations.department')}</th>
          <th>${t('activations.where')}</th>
          <th>${t('activations.council')}</th>
          <th>${t('activation.muster')}</th>
          <th>${t('activations.paper_answer')}</th>
          <th>${t('activations.paper_time')}</th>
        </tr>
      </thead>
      <tbody>
        ${silent.map(
          (row) =>
            html`<tr>
              <td>${personText(row)}</td>
              <td>${row.department ?? ''}</td>
              <td>${homeText(row)}</td>
              <td>${row.council_name ?? ''}</td>
              <td>${row.muster?.name ?? ''}</td>
              <td class="roll-paper-blank"></td>
              <td class="roll-paper-blank"></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
