/** What a feature is called, in the reader's language. */
import type { Feature, Properties } from '../api/types';
import { language, t } from '../i18n';

const text = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null;

/**
 * Demo data says "sample" in its names. Where the app shows a badge beside the name, saying it
 * twice only makes lists harder to scan.
 */
const SAMPLE_MARK = /^(?:【見本】|\[Sample\]\s*|ミホン[\s ]+)/;

/** A name without the mark, if its badge is shown beside it. */
export const withoutMark = (name: string, hasBadge: boolean): string =>
  (hasBadge && name.replace(SAMPLE_MARK, '')) || name;

const clean = (name: string, properties: Properties): string =>
  withoutMark(name, isSampleProperties(properties));

const isSampleProperties = (properties: Properties): boolean => properties['sample'] === true;

/** Whether a feature is invented for the demonstration, and needs a badge. */
export const isSample = (feature: Feature): boolean => isSampleProperties(feature.properties);

/** The name in the language in use. */
export function nameOf(feature: Feature): string {
  const { name, name_en: english } = feature.properties;
  const chosen = (language() === 'en' ? text(english) : null) ?? text(name) ?? text(english);
  return chosen === null ? t('feature.unnamed') : clean(chosen, feature.properties);
}

/** What puts a feature in the order of a directory: in Japanese the reading, where it is known. */
export function sortNameOf(feature: Feature): string {
  const reading = language() === 'en' ? null : text(feature.properties['name_kana']);
  return reading === null ? nameOf(feature) : clean(reading, feature.properties);
}

/** The other names to show under the name: the reading, and the name in the other language. */
export function otherNames(feature: Feature): { text: string; lang: 'ja' | 'en' }[] {
  const { name, name_kana: kana, name_en: english } = feature.properties;
  const names: { value: unknown; lang: 'ja' | 'en' }[] =
    language() === 'en' && text(english)
      ? [
          { value: name, lang: 'ja' },
          { value: kana, lang: 'ja' },
        ]
      : [
          { value: kana, lang: 'ja' },
          { value: english, lang: 'en' },
        ];
  return names.flatMap(({ value, lang }) => {
    const found = text(value);
    return found === null ? [] : [{ text: clean(found, feature.properties), lang }];
  });
}

/** The name as it is spoken: with the reader told that it is a sample, or a place's number. */
export function spokenName(feature: Feature): string {
  const number = numberOf(feature);
  return [
    number === null ? null : t('stop.number', { number }),
    nameOf(feature),
    isSample(feature) ? t('sample.badge') : null,
  ]
    .filter(Boolean)
    .join(' ');
}

/** A stop's place in its route, as shown on its symbol. */
export function numberOf(feature: Feature): string | null {
  const { sequence, route_code: route } = feature.properties;
  return typeof sequence === 'number' && route !== undefined ? String(sequence) : null;
}

/** Whether a feature no longer exists in the world, by the given day. */
export function isRetired(feature: Feature, today: string): boolean {
  const retired = text(feature.properties['retired_on']);
  return retired !== null && retired <= today;
}
