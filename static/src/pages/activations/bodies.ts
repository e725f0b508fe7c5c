/** What the page sends, made of what stands in its forms. Pure. */
import type {
  ActivationKind,
  DeclareBody,
  PhoneAnswerBody,
  RollAnswer,
} from '../../activation/types';

/** What stands in the form of a declaration. */
export type DeclareTexts = Record<'title' | 'message' | 'title_en' | 'message_en', string>;

/** What residents read of a drill, until somebody writes something else: in their languages, not in that of the page. */
export const DRILL: DeclareTexts = {
  title: '災害対策住宅 参集訓練',
  message:
    '身の安全を確かめてから、いまの状況を選んでください。参集できる人は、参集先へ向かってください。',
  title_en: 'Gathering drill for disaster housing',
  message_en:
    'Make sure that you are safe, then say how you are. If you can, go to where you gather.',
};

/** The real thing is put into words by whoever declares it. */
export const EMPTY: DeclareTexts = { title: '', message: '', title_en: '', message_en: '' };

const same = (one: DeclareTexts, other: DeclareTexts): boolean =>
  (Object.keys(one) as (keyof DeclareTexts)[]).every((name) => one[name] === other[name]);

/** What stands in the form after another kind was chosen: what somebody wrote stays, what was filled in goes. */
export function textsFor(kind: ActivationKind, texts: DeclareTexts): DeclareTexts {
  if (kind === 'real') return same(texts, DRILL) ? EMPTY : texts;
  return same(texts, EMPTY) ? DRILL : texts;
}

/** What is declared. */
export function declareBody(id: string, kind: ActivationKind, texts: DeclareTexts): DeclareBody {
  const [english, message] = [texts.title_en.trim(), texts.message_en.trim()];
  return {
    id,
    kind,
    title: texts.title.trim(),
    message: texts.message.trim(),
    ...(english ? { title_en: english } : {}),
    ...(message ? { message_en: message } : {}),
  };
}

const DAY_MS = 24 * 3_600_000;
const ZONE_MS = 9 * 3_600_000;

/** The last time the clock of the ward showed `09:30`, as RFC 3339; null where no time is said, which is now. */
export function lastTime(time: string, now: number): string | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const midnight = Math.floor((now + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
  const today = midnight + Number(hours) * 3_600_000 + Number(minutes) * 60_000;
  return new Date(today > now ? today - DAY_MS : today).toISOString();
}

/** An answer that was taken by phone. */
export const phoneBody = (
  id: string,
  residency: string,
  answer: RollAnswer,
  { time, note }: { time: string; note: string },
  now: number,
): PhoneAnswerBody => ({
  id,
  residency_id: residency,
  answer,
  answered_at: lastTime(time, now),
  note: note.trim(),
});
