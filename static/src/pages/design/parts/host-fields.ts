/** Who welcomes walkers: organisations of the map, or guides by the name of their group. */
import { html, nothing, type TemplateResult } from 'lit';
import { selectField, textField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { t } from '../../../i18n/areas/design';
import type { Host } from '../api';
import type { Picked } from '../model/design';
import './place-search';

const MOST = 10;

export function hostFields(
  hosts: readonly Host[],
  change: (hosts: Host[], isTyped: boolean) => void,
): TemplateResult {
  const put = (index: number, patch: Partial<Host>, isTyped: boolean): void => {
    change(
      hosts.map((host, at) => (at === index ? { ...host, ...patch } : host)),
      isTyped,
    );
  };
  return html`<fieldset class="form-group">
    <legend>${t('field.hosts')}</legend>
    <p class="field-help">${t('host.help')}</p>
    ${
      hosts.length > 0
        ? html`<ul class="host-list">
            ${hosts.map(
              (host, index) =>
                html`<li class="host">
                  ${selectField({
                    name: `host-kind-${index}`,
                    label: t('host.kind'),
                    value: host.kind,
                    options: [
                      { value: 'organisation', label: t('host.organisation') },
                      { value: 'guide', label: t('host.guide') },
                    ],
                    onInput: (value) => {
                      put(index, { kind: value as Host['kind'] }, false);
                    },
                  })}
                  ${textField({
                    name: `host-name-${index}`,
                    label: t('host.name'),
                    value: host.name,
                    maxLength: 100,
                    onInput: (name) => {
                      // Another name is another host: it is no longer the place of the map.
                      put(index, { name, place: null }, true);
                    },
                  })}
                  <button
                    type="button"
                    class="icon-button"
                    aria-label=${t('host.remove', { name: host.name })}
                    @click=${() => {
                      change(
                        hosts.filter((_, at) => at !== index),
                        false,
                      );
                    }}
                  >
                    ${icon('trash')}
                  </button>
                </li>`,
            )}
          </ul>`
        : nothing
    }
    ${
      hosts.length < MOST
        ? html`<div data-own-undo>
              <place-search
                .label=${t('host.search')}
                .name=${'host-place'}
                .layer=${'organisations'}
                @picked=${({ detail }: CustomEvent<Picked>) => {
                  const host: Host = {
                    kind: 'organisation',
                    name: detail.name ?? '',
                    place: detail.place ?? null,
                  };
                  change([...hosts, host], false);
                }}
              ></place-search>
            </div>
            <button
              type="button"
              class="button button-small"
              @click=${() => {
                change([...hosts, { kind: 'guide', name: '', place: null }], false);
              }}
            >
              ${icon('plus')}${t('host.add')}
            </button>`
        : nothing
    }
  </fieldset>`;
}
