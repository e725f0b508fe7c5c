/** The service's JSON of guided outings, by short names. */
import type { components } from '../api/schema';
import type { Position } from '../api/types';

type Schemas = components['schemas'];
/** `Type`, with some of its properties said more exactly. */
type Exactly<Type, Better> = Omit<Type, keyof Better> & Better;

/** An outing. */
export type Outing = Schemas['Outing'];
/** Outings, page by page. */
export type OutingList = Schemas['OutingList'];
/** How one stands to an outing. */
export type Mine = Schemas['OutingMine'];
/** How somebody stands to an outing. */
export type SignUpState = Schemas['SignUpState'];
/** Who takes part, and for trainers what hosts said. */
export type Participants = Schemas['OutingParticipants'];
/** Somebody who takes part. */
export type Participant = Schemas['OutingParticipant'];
/** What a host said. */
export type HostAnswer = Schemas['OutingHostAnswer'];
/** A link that is shown once. */
export type OutingLink = Schemas['OutingLink'];
/** Whether one's calendar has an address. */
export type CalendarState = Schemas['CalendarState'];
/** The codes of an outing's hours. */
export type CodeSheet = Schemas['RotatingCodes'];
/** What a trainer writes. */
export type OutingDocument = Schemas['OutingDocument'];
/** What became of everybody who was put forward. */
export type NominationOutcomes = Schemas['NominationOutcomes'];
/** What a host is told. */
export type Briefing = Exactly<Schemas['HostBriefing'], { line: Position[]; stops: Stop[] }>;
/** A stop as lists and small maps show it. */
export type Stop = Exactly<Schemas['HostBriefingStop'], { location: Position }>;
/** A published route, as far as an outing shows it. */
export type Route = Schemas['RouteDocument'];
/** What became of staff numbers that a trainer put on the list. */
export type EnlistedList = Schemas['EnlistedList'];
