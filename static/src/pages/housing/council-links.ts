import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { get, send } from '../../api/client';
import { type Column, dataTable } from '../../components/data-table';
import { ask } from '../../components/dialog';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { today } from '../../format/dates';
import { t } from '../../i18n/areas/housing';
import { Task } from '../../state/task';
import { districtName } from './bodies';
import './link-form';
import { type AddressRule, type DistrictLink, type LinkList, standing, unsaid } from './model';
import { linkedCouncil, periodText } from './words';

/** What is edited. */
type Open =
  { form: 'district'; link: DistrictLink | null } | { form: 'rule'; rule: AddressRule | null };

/** `<council-links>`: what hints at councils: school districts, and rules on addresses, over time. */
export class CouncilLinks extends LightElement {
  static override properties = { open: { state: true } };

  declare private open: Open | null;
  private readonly links = new Task<LinkList>(this);
  private readonly removing = new Task<unknown>(this);

  constructor() {
    super();
    this.open = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<p class="section-text">${t('housing.links_text')}</p>
      ${
        this.removing.error
          ? failure(t('housing.action_failed'), this.removing.error, () => void this.load())
          : nothing
      }
      ${loaded(
        this.links,
        t('housing.links_failed'),
        () => void this.load(),
        (links) => html`${this.districts(links)} ${this.rules(links)}`,
      )}`;
  }

  private districts(links: LinkList): TemplateResult {
    const left = unsaid(links, today());
    const { open } = this;
    return html`<section class="section" aria-labelledby="districts">
      <h2 class="section-title" id="districts" tabindex="-1">${t('housing.districts')}</h2>
      <p class="section-text">${t('housing.districts_text')}</p>
      ${
        left.length > 0
          ? html`<p class="notice">
              ${icon('info')}<span
                >${t('housing.districts_unsaid', {
                  names: left.map(({ name }) => name).join(t('text.separator')),
                })}</span
              >
            </p>`
          : nothing
      }
      ${byTime(links.districts, t('housing.districts_none'), (rows) =>
        dataTable<DistrictLink>({
          caption: t('housing.districts'),
          rows,
          key: ({ district_id, council_id, from }) => `${district_id} ${council_id ?? ''} ${from}`,
          columns: [
            { label: t('housing.district'), isName: true, cell: districtOf },
            { label: t('housing.council'), cell: linkedCouncil },
            { label: t('housing.period'), cell: periodText },
            { label: t('housing.note'), cell: ({ note }) => note },
            this.actions(
              districtOf,
              (link) => {
                this.open = { form: 'district', link };
              },
              (link) => void this.removeDistrict(link),
            ),
          ],
        }),
      )}
      ${
        open?.form === 'district'
          ? html`${keyed(
              open,
              html`<district-form
                .links=${links}
                .link=${open.link}
                @saved=${() => void this.done(() => t('housing.changed'), 'districts')}
                @cancelled=${() => void this.close('districts')}
              ></district-form>`,
            )}`
          : this.addButton(t('housing.add_district'), { form: 'district', link: null })
      }
    </section>`;
  }

  private rules(links: LinkList): TemplateResult {
    const { open } = this;
    return html`<section class="section" aria-labelledby="rules">
      <h2 class="section-title" id="rules" tabindex="-1">${t('housing.rules')}</h2>
      <p class="section-text">${t('housing.rules_text')}</p>
      ${byTime(links.rules, t('housing.rules_none'), (rows) =>
        dataTable<AddressRule>({
          caption: t('housing.rules'),
          rows,
          key: ({ id }) => id,
          columns: [
            { label: t('housing.beginning'), isName: true, cell: ({ beginning }) => beginning },
            { label: t('housing.council'), cell: linkedCouncil },
            { label: t('housing.period'), cell: periodText },
            this.actions(
              ({ beginning }) => beginning,
              (rule) => {
                this.open = { form: 'rule', rule };
              },
              (rule) => void this.removeRule(rule),
            ),
          ],
        }),
      )}
      ${
        open?.form === 'rule'
          ? html`${keyed(
              open,
              html`<rule-form
                .links=${links}
                .rule=${open.rule}
                @saved=${() => void this.done(() => t('housing.changed'), 'rules')}
                @cancelled=${() => void this.close('rules')}
              ></rule-form>`,
            )}`
          : this.addButton(t('housing.add_rule'), { form: 'rule', rule: null })
      }
    </section>`;
  }

  private actions<Row>(
    name: (row: Row) => string,
    change: (row: Row) => void,
    remove: (row: Row) => void,
  ): Column<Row> {
    const button = (row: Row, text: string, act: (row: Row) => void): TemplateResult =>
      html`<button
        type="button"
        class="button button-small"
        aria-label="${name(row)}: ${text}"
        @click=${() => {
          act(row);
        }}
      >
        ${text}
      </button>`;
    return {
      label: t('housing.actions'),
      isAction: true,
      cell: (row) =>
        html`<div class="button-row">
          ${button(row, t('housing.change'), change)} ${button(row, t('housing.take_back'), remove)}
        </div>`,
    };
  }

  private addButton(label: string, open: Open): TemplateResult {
    return html`<button
      type="button"
      class="button"
      @click=${() => {
        this.open = open;
      }}
    >
      ${icon('plus')}${label}
    </button>`;
  }

  private async removeDistrict(link: DistrictLink): Promise<void> {
    await this.takeBack(districtOf(link), 'districts', (signal) =>
      send('POST', '/api/housing/districts/removal', districtName(link), { signal }),
    );
  }

  private async removeRule({ id, beginning }: AddressRule): Promise<void> {
    await this.takeBack(beginning, 'rules', (signal) =>
      send('DELETE', `/api/housing/address-rules/${id}`, undefined, { signal }),
    );
  }

  private async takeBack(
    name: string,
    place: string,
    job: (signal: AbortSignal) => Promise<unknown>,
  ): Promise<void> {
    const isSure = await ask({
      title: () => t('housing.take_back_title', { name }),
      text: () => t('housing.take_back_text'),
      yes: () => t('housing.take_back'),
      danger: true,
    });
    if (!isSure || !(await this.removing.run(job))) return;
    await this.done(() => t('housing.taken_back'), place);
  }

  private async done(words: () => string, place: string): Promise<void> {
    say(words);
    await this.load();
    await this.close(place);
  }

  private async close(place: string): Promise<void> {
    this.open = null;
    await this.updateComplete;
    this.querySelector<HTMLElement>(`#${place}`)?.focus();
  }

  private async load(): Promise<void> {
    this.removing.reset();
    await this.links.run((signal) => get<LinkList>('/api/housing/links', signal));
  }
}

const districtOf = ({ district_name: name }: DistrictLink): string =>
  name ?? t('housing.place_gone');

/** What counts now or later, and folded what is over. */
function byTime<Row extends { from: string; until?: string | null }>(
  rows: readonly Row[],
  none: string,
  table: (rows: readonly Row[]) => TemplateResult,
): TemplateResult {
  const isOver = (row: Row): boolean => standing(row, today()) === 'past';
  const over = rows.filter(isOver);
  const others = rows.filter((row) => !isOver(row));
  return html`${others.length === 0 ? empty(none) : table(others)}
  ${
    over.length === 0
      ? nothing
      : html`<details class="housing-more">
          <summary>${t('housing.over', { count: over.length })}</summary>
          ${table(over)}
        </details>`
  }`;
}

customElements.define('council-links', CouncilLinks);
