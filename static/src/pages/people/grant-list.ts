import { html, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import type { Grant } from '../../api/types';
import { selectField } from '../../components/form';
import { LightElement } from '../../components/light-element';
import { empty, loaded } from '../../components/lists';
import { t } from '../../i18n/areas/people';
import { Watch } from '../../state/store';
import { Task } from '../../state/task';
import { GRANT_STATES, grantStateName, grantTable } from './grants';
import { peopleStore } from './model';

/** As many as the service gives at once. */
const MOST = 200;

/** `<grant-list>`: the roles that wait for approval, and those that were granted. */
export class GrantList extends LightElement {
  private readonly grants = new Task<Grant[]>(this);
  private state: Grant['state'] = 'pending';
  private seen = peopleStore.state.changes;

  constructor() {
    super();
    new Watch(this, peopleStore, ({ changes }) => [changes]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override willUpdate(): void {
    const { changes } = peopleStore.state;
    if (changes === this.seen) return;
    this.seen = changes;
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="grants">
      <h2 class="section-title" id="grants">${t('people.grants')}</h2>
      <p class="section-text">${t('people.grants_help')}</p>
      <div class="form-row form-row-short">
        ${selectField({
          name: 'grant-state',
          label: t('people.show'),
          value: this.state,
          options: GRANT_STATES.map((state) => ({ value: state, label: grantStateName(state) })),
          onInput: (value) => {
            this.state = value as Grant['state'];
            void this.load();
          },
        })}
      </div>
      ${loaded(
        this.grants,
        t('people.grants_failed'),
        () => void this.load(),
        (grants) =>
          grants.length === 0
            ? empty(t(this.state === 'pending' ? 'people.none_pending' : 'people.none_of_state'))
            : html`${grantTable(t('people.grants'), grants)}
              ${grants.length === MOST ? html`<p class="section-text">${t('people.cut', { count: MOST })}</p>` : ''}`,
      )}
    </section>`;
  }

  private load(): Promise<boolean> {
    return this.grants.run(
      async (signal) =>
        (await get<{ grants: Grant[] }>(`/api/grants?state=${this.state}`, signal)).grants,
    );
  }
}

customElements.define('grant-list', GrantList);
