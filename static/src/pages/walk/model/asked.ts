/** What a stop asks for, and whether what is there will do. Pure. */
import type { Given } from './check-in';
import type { Stop } from './packs';
import { codeOf, type Standing } from './way';

/** A kind of evidence, as stops ask for it. */
export type Asked = Stop['evidence'][number];

/** In the order in which they are offered: the surest and quickest first. */
export const OFFERED = ['qr', 'photo', 'trainer', 'answer'] as const satisfies readonly Asked[];
/** What can be given besides the position and one's word. */
export type Offered = (typeof OFFERED)[number];

/** Whether a piece is there, as far as the phone can tell: codes and answers are checked by the service. */
function isThere(kind: Asked, given: Given, standing: Standing | null): boolean {
  switch (kind) {
    case 'self':
      return true;
    case 'gps':
      return standing === 'inside';
    case 'qr':
      return codeOf(given.code) !== null;
    case 'trainer':
      return given.trainer.trim() !== '';
    case 'answer':
      return given.answer.trim() !== '';
    case 'photo':
      return given.photo !== null;
  }
}

/** Whether any one thing that the stop asks for is there. */
export const isEnough = (
  asked: readonly Asked[],
  given: Given,
  standing: Standing | null,
): boolean => asked.some((kind) => isThere(kind, given, standing));

/** What else could be shown: what the stop asks for first. */
export function offers(asked: readonly Asked[]): { kind: Offered; asked: boolean }[] {
  const all = OFFERED.map((kind) => ({ kind, asked: asked.includes(kind) }));
  return [...all.filter((one) => one.asked), ...all.filter((one) => !one.asked)];
}
