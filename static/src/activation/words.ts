/** Activations in words. */
import { formatClock, formatTime, today } from '../format/dates';
import { type Key, t } from '../i18n/areas/activation';
import type { Standing } from './answers';
import type { ActivationKind } from './types';

const STANDINGS: Record<Standing, Key> = {
  none: 'activation.none',
  safe: 'activation.safe',
  on_the_way: 'activation.on_the_way',
  arrived: 'activation.arrived',
  unable: 'activation.unable',
};

const KINDS: Record<ActivationKind, Key> = {
  drill: 'activation.drill',
  real: 'activation.real',
};

/** What an answer is called. */
export const standingName = (standing: Standing): string => t(STANDINGS[standing]);

/** Whether it is a drill or the real thing. */
export const kindName = (kind: ActivationKind): string => t(KINDS[kind]);

/** A title that says as well whether it is a drill. */
export const markedTitle = ({ kind, title }: { kind: ActivationKind; title: string }): string =>
  t('activation.marked', { kind: kindName(kind), title });

/** A moment: of today by the clock alone. */
export function momentText(at: string | number, now = new Date()): string {
  const moment = new Date(at);
  return today(moment) === today(now) ? formatClock(moment) : formatTime(moment);
}
