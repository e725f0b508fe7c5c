import type { PropertyValues } from 'lit';
import { type Answer, exchange, type FieldErrors } from '../../api/client';
import { focusFirstError } from '../../components/form';
import { LightElement } from '../../components/light-element';
import { t } from '../../i18n/areas/roster';
import { Task } from '../../state/task';
import type { Person } from './types';

/** A change of somebody as it is sent: fields and absences (`PATCH`), or their last day (`end`). */
export interface StaffChange {
  to: 'fields' | 'end';
  body: Readonly<Record<string, unknown>> & { readonly reason: string };
}

/** What a form tells when a change is stored. */
export interface Changed {
  answer: Answer<Person>;
  /** What takes it back; null when nothing can. */
  undo: StaffChange | null;
}

/** Sends a change of somebody; the answer is how they are then. */
export const sendChange = (
  staff: string,
  { to, body }: StaffChange,
  ifMatch: string | null,
  signal: AbortSignal,
): Promise<Answer<Person>> => {
  const path = `/api/staff/${encodeURIComponent(staff)}`;
  return to === 'end'
    ? exchange<Person>('POST', `${path}/end`, body, { signal, ifMatch })
    : exchange<Person>('PATCH', path, body, { signal, ifMatch });
};

const LONGEST_REASON = 500;

/** Why a change is taken back, which is kept like any other reason. */
export const undoReason = (reason: string): string =>
  Array.from(t('roster.undo_reason', { reason })).slice(0, LONGEST_REASON).join('');

/** The base of the forms about one person. Each sends one kind of change, with its reason. */
export abstract class StaffForm extends LightElement {
  static override properties = { person: { attribute: false }, etag: { attribute: false } };

  declare person: Person;
  declare etag: string | null;
  protected readonly saving = new Task<Answer<Person>>(this);
  protected wrong: FieldErrors = {};
  protected reason = '';

  constructor() {
    super();
    this.etag = null;
  }

  /** Forgets what was written, when somebody is as the service says. */
  protected abstract forget(): void;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('person')) return;
    this.reason = '';
    this.wrong = {};
    this.saving.reset();
    this.forget();
  }

  /** What is wrong with each field, by the page and by the service. */
  protected get errors(): FieldErrors {
    return { ...this.saving.fields, ...this.wrong };
  }

  /** Shows what is wrong, and says whether anything is. */
  protected refuses(wrong: FieldErrors): boolean {
    this.wrong = wrong;
    this.requestUpdate();
    if (Object.keys(wrong).length === 0) return false;
    void this.showFirstError();
    return true;
  }

  /** Sends a change, and tells the page what came of it. */
  protected async submit(change: StaffChange, undo: StaffChange | null): Promise<void> {
    const { id } = this.person;
    const isDone = await this.saving.run((signal) => sendChange(id, change, this.etag, signal));
    const answer = this.saving.value;
    if (!isDone || !answer) {
      await this.showFirstError();
      return;
    }
    this.dispatchEvent(new CustomEvent<Changed>('changed', { detail: { answer, undo } }));
  }

  private async showFirstError(): Promise<void> {
    await this.updateComplete;
    focusFirstError(this);
  }
}
