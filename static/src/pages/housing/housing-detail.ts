import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import '../../activation/muster-form';
import { type Answer, request, send } from '../../api/client';
import { ask, type Question } from '../../components/dialog';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { today } from '../../format/dates';
import { t } from '../../i18n/areas/housing';
import { t as tMuster } from '../../i18n/areas/muster';
import { Task } from '../../state/task';
import { unitBody } from './bodies';
import type { Decided } from './decision-form';
import './housing-facts';
import { type HousingDocument, type ResidencyItem, type UnitItem, versionTag } from './model';
import { changed, recount } from './register';
import './residency-decision';
import './residency-form';
import type { MovedIn } from './residency-form';
import './unit-form';
import { unitsTable } from './units-table';
import { periodText, personText } from './words';

/** What is open below the units. */
type Open =
  | { form: 'unit'; unit: UnitItem | null }
  | { form: 'residency'; unit: UnitItem; residency: ResidencyItem | null }
  | { form: 'muster'; unit: UnitItem; residency: ResidencyItem }
  | { form: 'decision'; unit: UnitItem; residency: ResidencyItem };

/** `<housing-detail housing=…>`: one building, its units, and who lives in them. */
export class HousingDetail extends LightElement {
  static override properties = { housing: {}, open: { state: true } };

  /** The building. */
  declare housing: string;
  declare private open: Open | null;
  private readonly detail = new Task<Answer<HousingDocument>>(this);
  private readonly acting = new Task<unknown>(this);
  /** Who has moved in just now, to be compared with the papers. */
  private movedIn: { name: string | null; unit: string } | null = null;

  constructor() {
    super();
    this.open = null;
  }

  protected override willUpdate(properties: PropertyValues<this>): void {
    if (!properties.has('housing')) return;
    this.detail.value = null;
    this.movedIn = null;
    this.close();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<p>
        <a class="button button-quiet" href="#housing">${icon('left')}${t('housing.back')}</a>
      </p>
      ${loaded(
        this.detail,
        t('housing.housing_failed'),
        () => void this.load(),
        ({ body }) => (body ? html`${this.facts(body)} ${this.units(body)}` : html``),
      )}`;
  }

  private facts(housing: HousingDocument): TemplateResult {
    return html`<housing-facts
      .housing=${housing}
      .etag=${this.detail.value?.etag ?? null}
      @saved=${() => void this.done(() => t('housing.changed'))}
      @stale=${() => void this.again()}
      @removed=${() => {
        say(() => t('housing.removed'));
        changed();
        location.hash = 'housing';
      }}
    ></housing-facts>`;
  }

  private units({ units }: HousingDocument): TemplateResult {
    return html`<section class="section" aria-labelledby="units">
      <h2 class="section-title" id="units" tabindex="-1">${t('housing.units')}</h2>
      <div role="status">${this.movedIn ? this.whoMovedIn(this.movedIn) : nothing}</div>
      ${
        this.acting.error
          ? failure(t('housing.action_failed'), this.acting.error, () => void this.again())
          : nothing
      }
      ${units.length === 0 ? empty(t('housing.units_none')) : this.table(units)}
      ${
        this.open
          ? this.opened(this.open)
          : html`<button
              type="button"
              class="button"
              @click=${() => {
                this.open = { form: 'unit', unit: null };
              }}
            >
              ${icon('plus')}${t('housing.add_unit')}
            </button>`
      }
    </section>`;
  }

  private table(units: readonly UnitItem[]): TemplateResult {
    return unitsTable(units, today(), {
      changeUnit: (unit) => {
        this.open = { form: 'unit', unit };
      },
      turn: (unit) => void this.turn(unit),
      removeUnit: (unit) => void this.removeUnit(unit),
      moveIn: (unit) => {
        this.open = { form: 'residency', unit, residency: null };
      },
      changeResidency: (unit, residency) => {
        this.open = { form: 'residency', unit, residency };
      },
      decide: (unit, residency) => {
        this.open = { form: 'decision', unit, residency };
      },
      muster: (unit, residency) => {
        this.open = { form: 'muster', unit, residency };
      },
      removeResidency: (unit, residency) => void this.removeResidency(unit, residency),
    });
  }

  /** The form that is open. Each opening is a form of its own, with nothing left of the one before. */
  private opened(open: Open): TemplateResult {
    const stale = (): void => void this.again();
    const cancelled = (): void => void this.cancel(open.unit?.id ?? 'units');
    switch (open.form) {
      case 'unit':
        return html`${keyed(
          open,
          html`<unit-form
            .housing=${this.housing}
            .unit=${open.unit}
            @saved=${() =>
              void this.done(
                () => t(open.unit ? 'housing.changed' : 'housing.unit_added'),
                open.unit?.id,
              )}
            @stale=${stale}
            @cancelled=${cancelled}
          ></unit-form>`,
        )}`;
      case 'residency':
        return html`${keyed(
          open,
          html`<residency-form
            .unit=${open.unit}
            .residency=${open.residency}
            @saved=${({ detail }: CustomEvent<MovedIn>) => void this.lives(open.unit, detail)}
            @stale=${stale}
            @cancelled=${cancelled}
          ></residency-form>`,
        )}`;
      case 'muster': {
        const who = personText(open.residency);
        return html`${keyed(
          open,
          html`<muster-form
            .residency=${open.residency.id}
            .who=${who}
            .muster=${open.residency.muster ?? null}
            @saved=${() => void this.done(() => tMuster('muster.saved', { who }), open.unit.id)}
            @closed=${cancelled}
          ></muster-form>`,
        )}`;
      }
      case 'decision':
        return html`${keyed(
          open,
          html`<residency-decision
            .residency=${open.residency}
            @decided=${({ detail }: CustomEvent<Decided>) => {
              const { council } = detail;
              const home = open.unit.name;
              void this.done(
                () =>
                  council
                    ? t('housing.decided', { home, council })
                    : t('housing.left_undecided', { home }),
                open.unit.id,
              );
            }}
            @stale=${() => {
              say(() => t('housing.decided_meanwhile'), 'error');
              void this.again();
            }}
            @cancelled=${cancelled}
          ></residency-decision>`,
        )}`;
    }
  }

  private whoMovedIn({ name, unit }: { name: string | null; unit: string }): TemplateResult {
    return html`<div class="notice notice-done">
      ${icon('check')}
      <span
        >${t('housing.moved_in', { name: name ?? t('housing.nobody'), unit })}
        ${t('housing.compare')}</span
      >
    </div>`;
  }

  private async lives(unit: UnitItem, moved: MovedIn): Promise<void> {
    await this.done(
      () => t(moved ? 'housing.moved_in_short' : 'housing.changed', { unit: unit.name }),
      unit.id,
    );
    if (!moved) return;
    this.movedIn = { name: moved.staff_name ?? null, unit: unit.name };
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>('#units')?.focus();
  }

  private async turn(unit: UnitItem): Promise<void> {
    const { name, closed, note } = unit;
    const isSure = await ask({
      title: () => t(closed ? 'housing.reopen_title' : 'housing.close_title', { unit: name }),
      text: () => t(closed ? 'housing.reopen_text' : 'housing.close_text'),
      yes: () => t(closed ? 'housing.reopen' : 'housing.close'),
    });
    if (!isSure) return;
    const body = unitBody({ name, note }, !closed);
    await this.act(
      (signal) =>
        send('PUT', `/api/housing/units/${unit.id}`, body, {
          signal,
          ifMatch: versionTag(unit.version),
        }),
      () => t(closed ? 'housing.reopened' : 'housing.closed_now', { unit: name }),
      unit.id,
    );
  }

  private async removeUnit({ id, name }: UnitItem): Promise<void> {
    const path = `/api/housing/units/${id}`;
    await this.takeAway(path, {
      title: () => t('housing.remove_unit_title', { unit: name }),
      text: () => t('housing.cannot_undo'),
      yes: () => t('housing.remove'),
    });
  }

  private async removeResidency(unit: UnitItem, residency: ResidencyItem): Promise<void> {
    await this.takeAway(
      `/api/housing/residencies/${residency.id}`,
      {
        title: () => t('housing.remove_residency_title', { person: personText(residency) }),
        text: () =>
          html`<p>${t('housing.unit_named', { unit: unit.name })} ${periodText(residency)}</p>
            <p>${t('housing.remove_residency_text')}</p>`,
        yes: () => t('housing.remove_residency'),
      },
      unit.id,
    );
  }

  private async takeAway(path: string, question: Question, unit?: string): Promise<void> {
    if (!(await ask({ ...question, danger: true }))) return;
    await this.act(
      (signal) => send('DELETE', path, undefined, { signal }),
      () => t('housing.removed'),
      unit,
    );
  }

  private async act(
    job: (signal: AbortSignal) => Promise<unknown>,
    words: () => string,
    unit?: string,
  ): Promise<void> {
    if (await this.acting.run(job)) await this.done(words, unit);
  }

  /** Says that it is done, reads what is there now, and goes back to the row that it was about. */
  private async done(words: () => string, unit?: string): Promise<void> {
    say(words);
    changed();
    await this.again();
    await this.focusOn(unit ?? 'building');
    await recount();
  }

  private async again(): Promise<void> {
    this.close();
    await this.load();
  }

  private close(): void {
    this.open = null;
    this.movedIn = null;
    this.acting.reset();
  }

  private async cancel(place: string): Promise<void> {
    this.close();
    await this.focusOn(place);
  }

  /** Puts the focus on a headline, or on the first button of a unit. */
  private async focusOn(place: string): Promise<void> {
    await this.updateComplete;
    const target =
      this.querySelector<HTMLElement>(`[data-key="${place}"] button`) ??
      this.querySelector<HTMLElement>(`#${CSS.escape(place)}`);
    target?.focus();
  }

  private async load(): Promise<void> {
    const path = `/api/housing/${this.housing}`;
    await this.detail.run((signal) => request<HousingDocument>(path, { signal, etag: null }));
  }
}

customElements.define('housing-detail', HousingDetail);
