import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { type Answer, request } from '../../api/client';
import { dataTable } from '../../components/data-table';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { formatDay, today } from '../../format/dates';
import { t } from '../../i18n/areas/roster';
import { may } from '../../shell/session';
import { Watch } from '../../state/store';
import { Task } from '../../state/task';
import { lastDay } from './absences';
import { spellOn } from './spells';
import './staff-absences';
import './staff-edit';
import { type Changed, sendChange, type StaffChange } from './staff-form';
import './staff-leaving';
import type { Person, SpellItem } from './types';
import { absenceName, employmentName, organisation, tierName } from './words';

/** `<staff-detail staff=…>`: somebody with their history, and the ways to change it. */
export class StaffDetail extends LightElement {
  static override properties = { staff: { type: String } };
  declare staff: string;
  private readonly person = new Task<Answer<Person>>(this);
  private readonly undoing = new Task<Answer<Person>>(this);
  private undo: StaffChange | null = null;
  private isChanged = false;

  constructor() {
    super();
    this.staff = '';
    new Watch(this, organisation, ({ departments, tiers }) => [departments, tiers]);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('staff')) void this.load();
  }

  protected override render(): TemplateResult {
    return html`<p><a href="#">${t('roster.back')}</a></p>
      ${loaded(
        this.person,
        t('roster.detail_failed'),
        () => void this.load(),
        ({ body }) => (body ? this.show(body) : html``),
      )}`;
  }

  private show(person: Person): TemplateResult {
    const spell = spellOn(person, today());
    const fact = (label: string, value: string | null | undefined) =>
      value
        ? html`<dt>${label}</dt>
            <dd>${value}</dd>`
        : nothing;
    return html`
      <section class="section" aria-labelledby="person">
        <h2 class="section-title" id="person">${person.name}</h2>
        ${this.changed()}
        <dl class="facts">
          ${fact(t('roster.number'), person.number)}
          ${fact(t('roster.name_kana'), spell?.name_kana)}
          ${fact(t('roster.department'), person.department.name)}
          ${fact(t('roster.tier'), tierName(person.tier))} ${fact(t('roster.grade'), spell?.grade)}
          ${fact(t('roster.employment'), spell ? employmentName(spell.employment) : null)}
          ${fact(t('roster.email'), spell?.email)}
          ${fact(t('roster.hired_on'), person.hired_on ? formatDay(person.hired_on) : null)}
          ${fact(t('roster.left_on'), person.left_on ? formatDay(person.left_on) : null)}
        </dl>
      </section>
      ${spell ? this.history(person) : nothing}
      ${spell && may('write_staff') ? this.forms(person) : nothing}
    `;
  }

  /** That the last change is stored, and the way back. */
  private changed(): TemplateResult {
    const { error, busy } = this.undoing;
    return html`<div role="status">
        ${
          this.isChanged
            ? html`<div class="notice notice-done">
                ${icon('check')}<span>${t('roster.saved')}</span>
                ${
                  this.undo
                    ? html`<button
                        type="button"
                        class="button button-small"
                        aria-disabled=${busy ? 'true' : nothing}
                        @click=${() => void this.takeBack()}
                      >
                        ${t('roster.undo')}
                      </button>`
                    : nothing
                }
              </div>`
            : nothing
        }
      </div>
      ${error ? failure(t('roster.undo_failed'), error, () => void this.takeBack()) : nothing}`;
  }

  private history(person: Person): TemplateResult {
    const period = (from: string, last: string | null | undefined): string =>
      last
        ? t('roster.since_until', { from: formatDay(from), last: formatDay(last) })
        : t('roster.since', { from: formatDay(from) });
    return html`<section class="section" aria-labelledby="history">
      <h2 class="section-title" id="history">${t('roster.history')}</h2>
      ${dataTable<SpellItem>({
        caption: t('roster.history'),
        rows: [...person.spells].reverse(),
        key: ({ from }) => from,
        columns: [
          { label: t('roster.period'), isName: true, cell: ({ from, last }) => period(from, last) },
          { label: t('roster.department'), cell: ({ department }) => department.name },
          { label: t('roster.grade'), cell: ({ grade }) => grade },
          { label: t('roster.tier'), cell: ({ tier }) => tierName(tier) },
          { label: t('roster.employment'), cell: ({ employment }) => employmentName(employment) },
        ],
      })}
      ${
        person.absences.length > 0
          ? html`<h3>${t('roster.absences')}</h3>
              <ul class="bullets">
                ${person.absences.map(
                  ({ kind, since, until }) =>
                    html`<li>
                      ${absenceName(kind)}: ${period(since, until ? lastDay(until) : null)}
                    </li>`,
                )}
              </ul>`
          : nothing
      }
    </section>`;
  }

  private forms(person: Person): TemplateResult {
    const etag = this.person.value?.etag ?? null;
    const take = (event: CustomEvent<Changed>): void => {
      void this.take(event.detail);
    };
    const isGone = Boolean(person.left_on && person.left_on < today());
    return html`
      ${
        isGone
          ? html`<p class="section-text">
              ${t('roster.is_gone')} <a href="#add">${t('roster.view_add')}</a>
            </p>`
          : html`<staff-edit .person=${person} .etag=${etag} @changed=${take}></staff-edit>
              <staff-absences .person=${person} .etag=${etag} @changed=${take}></staff-absences>`
      }
      <staff-leaving .person=${person} .etag=${etag} @changed=${take}></staff-leaving>
    `;
  }

  private async load(): Promise<void> {
    this.undo = null;
    this.isChanged = false;
    const path = `/api/staff/${encodeURIComponent(this.staff)}`;
    await this.person.run((signal) => request<Person>(path, { signal, etag: null }));
  }

  /** Shows somebody as they are now, and says so where they are named. */
  private async take({ answer, undo }: Changed): Promise<void> {
    this.person.value = answer;
    this.undo = undo;
    this.isChanged = true;
    this.undoing.reset();
    await this.updateComplete;
    this.querySelector('#person')?.scrollIntoView({ block: 'start' });
    this.querySelector<HTMLElement>('.notice-done button')?.focus({ preventScroll: true });
  }

  private async takeBack(): Promise<void> {
    const { undo } = this;
    if (!undo || this.undoing.busy) return;
    const etag = this.person.value?.etag ?? null;
    const { staff } = this;
    if (!(await this.undoing.run((signal) => sendChange(staff, undo, etag, signal)))) return;
    this.person.value = this.undoing.value;
    this.undo = null;
    this.isChanged = false;
    this.requestUpdate();
    say(() => t('roster.undone'));
  }
}

customElements.define('staff-detail', StaffDetail);
