/** The hosts of an outing in its form: organisations, never a person's name. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FieldErrors } from '../../../api/client';
import { selectField, textField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { t } from '../../../i18n/areas/lead';
import type { PlannedHost } from '../plan';

/** As many as the service takes. */
const MOST = 10;

/** The fields. `ofRoute`: whom the route itself names. */
export function hostFields(
  hosts: readonly PlannedHost[],
  errors: FieldErrors,
  ofRoute: readonly PlannedHost[],
  change: (hosts: readonly PlannedHost[]) => void,
): TemplateResult {
  const added = ofRoute.filter(({ name }) => !hosts.some((host) => host.name === name));
  return html`<fieldset class="card">
    <legend>${t('lead.plan_hosts')}</legend>
    <p class="section-text">${t('lead.plan_host_names')}</p>
    ${hosts.map((host, index) => fields(host, index, hosts, errors, change))}
    <div class="button-row">
      ${
        hosts.length < MOST
          ? html`<button
              type="button"
              class="button button-small"
              data-add-host
              @click=${() => {
                change([...hosts, { kind: 'organisation', name: '' }]);
              }}
            >
              ${icon('plus')}${t('lead.plan_host_add')}
            </button>`
          : nothing
      }
      ${
        added.length > 0 && hosts.length + added.length <= MOST
          ? html`<button
              type="button"
              class="button button-small"
              data-route-hosts
              @click=${() => {
                change([...hosts, ...added.map(({ kind, name }) => ({ kind, name }))]);
              }}
            >
              ${t('lead.plan_host_of_route')}
            </button>`
          : nothing
      }
    </div>
  </fieldset>`;
}

function fields(
  { kind, name }: PlannedHost,
  index: number,
  hosts: readonly PlannedHost[],
  errors: FieldErrors,
  change: (hosts: readonly PlannedHost[]) => void,
): TemplateResult {
  const set = (patch: Partial<PlannedHost>): void => {
    change(hosts.map((host, at) => (at === index ? { ...host, ...patch } : host)));
  };
  return html`<div class="form-row host-row">
    ${textField({
      name: `host-${index}`,
      label: t('lead.plan_host_name'),
      value: name,
      maxLength: 200,
      error: errors[`hosts[${index}].name`],
      onInput: (value) => {
        set({ name: value });
      },
    })}
    ${selectField({
      name: `host-kind-${index}`,
      label: t('lead.plan_host_kind'),
      value: kind,
      options: [
        { value: 'organisation', label: t('outing.host_organisation') },
        { value: 'guide', label: t('outing.host_guide') },
      ],
      onInput: (value) => {
        set({ kind: value === 'guide' ? 'guide' : 'organisation' });
      },
    })}
    <button
      type="button"
      class="icon-button"
      aria-label=${t('lead.plan_host_remove', { name: name || String(index + 1) })}
      @click=${() => {
        change(hosts.filter((_, at) => at !== index));
      }}
    >
      ${icon('trash')}
    </button>
  </div>`;
}
