/** Activations as the service tells them. The only file that says so: what OpenAPI says replaces it. */
import type { Position } from '../api/types';

/** A drill, or the real thing. */
export type ActivationKind = 'drill' | 'real';
/** What a resident can answer. */
export type RollAnswer = 'safe' | 'on_the_way' | 'arrived' | 'unable';

/** Where somebody gathers. */
export interface Muster {
  name: string;
  location?: Position | null;
  /** Whether it is the meeting place of their council. */
  is_council: boolean;
}

/** A place of somebody's own where they gather. */
export type OwnMuster = Pick<Muster, 'name' | 'location'>;

/** An answer that counts. */
export interface GivenAnswer {
  answer: RollAnswer;
  /** The tap. */
  answered_at: string;
}

/** The activation that is open, as one resident sees it. */
export interface MyActivation {
  id: string;
  kind: ActivationKind;
  title: string;
  message: string;
  declared_at: string;
  ended_at?: string | null;
  muster?: Muster | null;
  council_name?: string | null;
  answer?: GivenAnswer | null;
}

export interface MyActivationDocument {
  activation?: MyActivation | null;
}

/** How many residents have answered what. */
export type Counts = Record<RollAnswer | 'none', number>;

/** An activation, as the registrar sees it in a list. */
export interface ActivationDocument {
  id: string;
  kind: ActivationKind;
  title: string;
  message: string;
  title_en?: string | null;
  message_en?: string | null;
  declared_at: string;
  ended_at?: string | null;
  residents: number;
  answered: number;
  counts: Counts;
}

export interface ActivationList {
  activations: ActivationDocument[];
}

/** What is declared. */
export interface DeclareBody {
  id: string;
  kind: ActivationKind;
  title: string;
  message: string;
  title_en?: string;
  message_en?: string;
}

/** Who entered an answer. */
export type AnsweredBy = 'resident' | 'registrar';

/** One answer of those that somebody gave. */
export interface RollEntry {
  answer: RollAnswer;
  answered_at: string;
  received_at: string;
  by: AnsweredBy;
  note?: string | null;
}

/** How far telling somebody has come: `queued`, `sent`, `withheld` and others. */
export interface Told {
  app?: string | null;
  mail?: string | null;
}

/** A resident of the roll-call. */
export interface RollRow {
  residency_id: string;
  staff_number?: string | null;
  staff_name?: string | null;
  department?: string | null;
  housing_name: string;
  unit_name: string;
  home?: Position | null;
  council_id?: string | null;
  council_name?: string | null;
  muster?: Muster | null;
  told: Told;
  answer?: RollAnswer | null;
  answered_at?: string | null;
  received_at?: string | null;
  by?: AnsweredBy | null;
  note?: string | null;
  history: RollEntry[];
}

/** An activation with its roll-call. */
export interface RollDocument extends ActivationDocument {
  roll: RollRow[];
  /** Of the latest change that is in it. */
  sequence: number;
}

/** What changed, as the stream of events says it. */
export interface RollEvent {
  sequence: number;
  rows: RollRow[];
}

/** An answer taken by phone. */
export interface PhoneAnswerBody {
  id: string;
  residency_id: string;
  answer: RollAnswer;
  answered_at: string | null;
  note: string;
}

/** How a council's residents answered. */
export interface CouncilFigures {
  council_id?: string | null;
  council_name?: string | null;
  residents: number;
  answered: number;
  arrived: number;
  unable: number;
}

/** How many gave their first answer in a minute from the declaration on. Minutes without any are left out. */
export interface MinuteFigures {
  minute: number;
  answered: number;
}

/** Something that happened: it was declared, so many were told, somebody answered, it ended. */
export interface TimelineEntry {
  at: string;
  what: string;
  /** Of telling: in the app, or by mail. */
  channel?: 'app' | 'mail' | null;
  /** Of telling: how many. */
  count?: number | null;
  /** Of an answer: whose. */
  residency_id?: string | null;
  staff_name?: string | null;
  answer?: RollAnswer | null;
  by?: AnsweredBy | null;
  /** Of an answer: when it arrived. */
  received_at?: string | null;
}

/** What is looked back on. */
export interface ReviewDocument {
  activation: ActivationDocument;
  minutes_to: { half?: number | null; nine_in_ten?: number | null; last?: number | null };
  by_minute: MinuteFigures[];
  by_council: CouncilFigures[];
  silent: RollRow[];
  timeline: TimelineEntry[];
}
