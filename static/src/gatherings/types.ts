/** The service's JSON of councils' gatherings and handover notes, by short names. */
import type { components } from '../api/schema';

type Schemas = components['schemas'];

/** A gathering, as it concerns oneself. */
export type MyGathering = Schemas['MyGathering'];
/** One's own gatherings. */
export type MyGatherings = Schemas['MyGatherings'];
/** A gathering, and how many take part. */
export type CountedGathering = Schemas['CountedGathering'];
/** The gatherings of a fiscal year. */
export type GatheringList = Schemas['GatheringList'];
/** What a registrar writes. */
export type GatheringDocument = Schemas['GatheringDocument'];
/** What kind of gathering. */
export type GatheringKind = Schemas['GatheringKind'];
/** How it counts as duty. */
export type Duty = Schemas['Duty'];
/** In what one took part. */
export type Participation = Schemas['Participation'];
/** How many took part, by council. */
export type ParticipationFigures = Schemas['ParticipationFigures'];
/** Everybody whose gathering it is. */
export type GatheringRoll = Schemas['GatheringRoll'];
/** Somebody on the roll. */
export type RollPerson = Schemas['RollPerson'];
/** What one hands over, and what was handed over to one. */
export type MyHandover = Schemas['MyHandoverDocument'];
/** For whom a note is. */
export type HandoverFor = Schemas['HandoverFor'];
/** A note as the registrar reads it. */
export type HandoverItem = Schemas['HandoverItem'];
/** Every note. */
export type HandoverList = Schemas['HandoverList'];
