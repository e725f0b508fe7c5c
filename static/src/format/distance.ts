import { t } from '../i18n';

const KILOMETRE = 1000;
const TEN = 10;

/** A distance as people say it: `350 m`, `1.2 km`. */
export function formatDistance(metres: number): string {
  if (metres < KILOMETRE - TEN / 2) {
    return t('distance.m', { value: Math.max(TEN, Math.round(metres / TEN) * TEN) });
  }
  return t('distance.km', { value: (metres / KILOMETRE).toFixed(1) });
}
