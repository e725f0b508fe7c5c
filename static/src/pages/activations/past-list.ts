/** Activations that are over. */
import { html, type TemplateResult } from 'lit';
import type { ActivationDocument } from '../../activation/types';
import { kindName } from '../../activation/words';
import { dataTable } from '../../components/data-table';
import { langOf } from '../../components/lang-of';
import { empty } from '../../components/lists';
import { moment } from '../../components/moment';
import { t } from '../../i18n/areas/activations';

/** Those that are over, each with the way to its review. */
export const pastList = (past: readonly ActivationDocument[]): TemplateResult =>
  html`<section class="section" aria-labelledby="past">
    <h2 class="section-title" id="past">${t('activations.past')}</h2>
    ${
      past.length === 0
        ? empty(t('activations.past_none'))
        : dataTable<ActivationDocument>({
            caption: t('activations.past'),
            rows: past,
            key: ({ id }) => id,
            columns: [
              {
                label: t('activations.title_field'),
                isName: true,
                cell: ({ id, title }) =>
                  html`<a class="activations-link" href="#review/${id}" lang=${langOf(title)}
                    >${title}</a
                  >`,
              },
              {
                label: t('activations.kind'),
                cell: ({ kind }) =>
                  html`<span class="activation-mark activation-mark-${kind}"
                    >${kindName(kind)}</span
                  >`,
              },
              { label: t('activations.declared'), cell: (one) => moment(one.declared_at) },
              { label: t('activations.ended'), cell: (one) => moment(one.ended_at ?? '') },
              {
                label: t('activations.answered'),
                isNumber: true,
                cell: ({ answered, residents }) =>
                  t('activations.part', { count: answered, all: residents }),
              },
              {
                label: t('activation.arrived'),
                isNumber: true,
                cell: ({ counts }) => counts.arrived,
              },
            ],
          })
    }
  </section>`;
