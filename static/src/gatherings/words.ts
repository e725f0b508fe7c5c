/** What several pages say of a gathering. */
import { html, nothing, type TemplateResult } from 'lit';
import { langOf } from '../components/lang-of';
import { type Key, t } from '../i18n/areas/gatherings';
import { whenOf } from '../outings/when';
import { endOf } from './state';
import type {
  CountedGathering,
  Duty,
  GatheringKind,
  HandoverFor,
  HandoverItem,
  MyGathering,
} from './types';

type Any = MyGathering | CountedGathering;

const KINDS: Readonly<Record<GatheringKind, Key>> = {
  meeting: 'gathering.kind_meeting',
  assembly: 'gathering.kind_assembly',
  drill: 'gathering.kind_drill',
  storehouse_check: 'gathering.kind_storehouse_check',
};
const DUTIES: Readonly<Record<Duty, Key>> = {
  official: 'gathering.duty_official',
  overtime: 'gathering.duty_overtime',
  exempted: 'gathering.duty_exempted',
  private: 'gathering.duty_private',
};
const STATES: Readonly<Record<Any['state'], Key>> = {
  planned: 'gathering.state_planned',
  held: 'gathering.state_held',
  cancelled: 'gathering.state_cancelled',
};
const NEXT: Readonly<Record<HandoverFor, Key>> = {
  unit: 'handover.next_unit',
  council: 'handover.next_council',
};
const HANDED: Readonly<Record<HandoverItem['state'], Key>> = {
  written: 'handover.state_written',
  returned: 'handover.state_returned',
  released: 'handover.state_released',
};

/** What kind of gathering. */
export const kindName = (kind: GatheringKind): string => t(KINDS[kind]);

/** How it counts as duty. */
export const dutyName = (duty: Duty): string => t(DUTIES[duty]);

/** For whom a note is. */
export const nextName = (next: HandoverFor): string => t(NEXT[next]);

/** How far a note is. */
export const handedName = (state: HandoverItem['state']): string => t(HANDED[state]);

const TONES: Readonly<Record<Any['state'], string>> = {
  planned: 'badge-key',
  held: 'badge-done',
  cancelled: 'badge-retired',
};

/** How far it is: from the first who was there until its end it goes on. */
const stateName = (gathering: Any): string =>
  gathering.state === 'held' && Date.now() < endOf(gathering)
    ? t('gathering.state_now')
    : t(STATES[gathering.state]);

/** How far it is, and how it counts. */
export const badges = (gathering: Any): TemplateResult => {
  const { state, kind, duty } = gathering;
  return html`<span class="outing-badges">
    <span class="badge ${TONES[state]}">${stateName(gathering)}</span>
    <span class="badge badge-plain">${kindName(kind)}</span>
    <span class="badge badge-plain">${dutyName(duty)}</span>
  </span>`;
};

/** Whose it is, in words. */
export const councilsOf = ({ every_council, councils }: Any): string =>
  every_council
    ? t('gathering.every_council')
    : councils.map(({ name }) => name ?? t('gathering.council_gone')).join(t('text.separator'));

/** When and where it is, and for whom. */
export const facts = (gathering: Any): TemplateResult => {
  const { place, note, reason, starts_at } = gathering;
  return html`<dl class="facts">
    ${
      reason
        ? html`<dt>${t('gathering.reason')}</dt>
            <dd lang=${langOf(reason)}>${reason}</dd>`
        : nothing
    }
    <dt>${t('gathering.when')}</dt>
    <dd><time datetime=${starts_at}>${whenOf(gathering)}</time></dd>
    <dt>${t('gathering.place')}</dt>
    <dd lang=${langOf(place)}>${place}</dd>
    <dt>${t('gathering.of')}</dt>
    <dd>${councilsOf(gathering)}</dd>
    ${
      note
        ? html`<dt>${t('gathering.note')}</dt>
            <dd class="gathering-note" lang=${langOf(note)}>${note}</dd>`
        : nothing
    }
  </dl>`;
};
