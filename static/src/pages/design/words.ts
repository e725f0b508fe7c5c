/** Codes of the service in words: what the checklist found, what changed, what a field is called. */
import { language, languageTag } from '../../i18n';
import { t } from '../../i18n/areas/design';
import type { CheckId, Design, Evidence, Finding, FindingCode, Language, Text } from './api';
import { bestText } from './model/design';

type DesignKey = Parameters<typeof t>[0];

const CHECKS: Record<CheckId, DesignKey> = {
  stops: 'check.stops',
  way: 'check.way',
  near_path: 'check.near_path',
  slot: 'check.slot',
  texts: 'check.texts',
  photos: 'check.photos',
  evidence: 'check.evidence',
  step_free: 'check.step_free',
  inside: 'check.inside',
  same_place: 'check.same_place',
};

const FINDINGS: Record<FindingCode, DesignKey> = {
  too_few_stops: 'finding.too_few_stops',
  none_required: 'finding.none_required',
  no_network: 'finding.no_network',
  no_way: 'finding.no_way',
  off_network: 'finding.off_network',
  far_from_path: 'finding.far_from_path',
  too_long: 'finding.too_long',
  missing_text: 'finding.missing_text',
  missing_credit: 'finding.missing_credit',
  no_evidence: 'finding.no_evidence',
  no_question: 'finding.no_question',
  small_radius: 'finding.small_radius',
  no_alternative: 'finding.no_alternative',
  alternative_unfit: 'finding.alternative_unfit',
  outside: 'finding.outside',
  moved_far: 'finding.moved_far',
};

const EVIDENCE: Record<Evidence, DesignKey> = {
  qr: 'evidence.qr',
  gps: 'evidence.gps',
  answer: 'evidence.answer',
  photo: 'evidence.photo',
  trainer: 'evidence.trainer',
  self: 'evidence.self',
};

export const SEASONS: Record<Design['seasons'][number], DesignKey> = {
  spring: 'season.spring',
  summer: 'season.summer',
  autumn: 'season.autumn',
  winter: 'season.winter',
};

const LANGUAGES: Record<Language, DesignKey> = {
  ja: 'text.ja',
  en: 'text.en',
  easy: 'text.easy',
};

/** Fields of stops and of the route, by their names in the service. */
const FIELDS: Readonly<Record<string, DesignKey>> = {
  title: 'field.title',
  summary: 'field.summary',
  languages: 'field.languages',
  district: 'field.district',
  themes: 'field.themes',
  seasons: 'field.seasons',
  accessibility: 'field.accessibility',
  hosts: 'field.hosts',
  profile: 'field.profile',
  slot_min: 'field.slot_min',
  round_trip: 'field.round_trip',
  straight_home: 'field.straight_home',
  alternative: 'field.alternative',
  step_free_route: 'field.step_free_route',
  desk_based: 'field.desk_based',
  name: 'field.name',
  location: 'field.location',
  address: 'field.address',
  place: 'field.place',
  story: 'field.story',
  question: 'field.question',
  photo: 'field.photo',
  radius_m: 'field.radius_m',
  stay_min: 'field.stay_min',
  required: 'field.required',
  evidence: 'field.evidence',
  outside_meant: 'field.outside_meant',
  straight: 'field.straight',
};

export const checkName = (id: CheckId): string => t(CHECKS[id] ?? 'check.unknown');
export const evidenceName = (evidence: Evidence): string => t(EVIDENCE[evidence]);
export const languageName = (language: Language): string => t(LANGUAGES[language]);
export const fieldName = (field: string): string => {
  const key = FIELDS[field];
  return key ? t(key) : field;
};

/** A finding as a sentence that says what to do. A code of a newer service is shown as it is. */
export function findingText(finding: Finding): string {
  const { code, value, limit, field, language } = finding;
  return t(FINDINGS[code] ?? 'finding.unknown', {
    code,
    value: value ?? 0,
    limit: limit ?? 0,
    field: field ? fieldName(field) : '',
    language: language ? languageName(language) : '',
  });
}

/** Any value of a design, short enough for a sentence. */
export function valueText(value: unknown, field: string): string {
  if (value === null || value === undefined || value === '') return t('value.none');
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return numberText(value, field);
  if (typeof value === 'string') return stringText(value, field);
  if (Array.isArray(value)) return listText(value, field);
  return objectText(value as Record<string, unknown>, field);
}

const UNITS: Readonly<Record<string, DesignKey>> = {
  radius_m: 'unit.metres',
  stay_min: 'unit.minutes',
  slot_min: 'unit.minutes',
};

function numberText(value: number, field: string): string {
  const unit = UNITS[field];
  return unit ? t(unit, { value }) : value.toLocaleString(languageTag());
}

function stringText(value: string, field: string): string {
  if (field === 'profile') return t(value === 'step_free' ? 'profile.step_free' : 'profile.walk');
  return value.length > 120 ? `${value.slice(0, 118)}…` : value;
}

function listText(values: readonly unknown[], field: string): string {
  if (values.length === 0) return t('value.none');
  if (field === 'location' && typeof values[0] === 'number') return values.join(', ');
  return values.map((value) => memberText(value, field)).join(t('text.separator'));
}

function memberText(value: unknown, field: string): string {
  if (field === 'evidence') return evidenceName(value as Evidence);
  if (field === 'languages') return languageName(value as Language);
  if (field === 'seasons') return t(SEASONS[value as keyof typeof SEASONS]);
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name);
  return String(value);
}

function objectText(value: Record<string, unknown>, field: string): string {
  if ('ja' in value) return stringText(ownText(value), '') || t('value.none');
  if (field === 'location') {
    const { location, address } = value as { location: number[]; address?: string };
    return address ? `${address} (${location.join(', ')})` : location.join(', ');
  }
  if (field === 'question') return valueText((value as { text: Text }).text, '');
  if (field === 'photo') return (value as { credit?: string }).credit || t('value.photo');
  if (field === 'alternative') return valueText((value as { desk_based: Text }).desk_based, '');
  return t('value.changed');
}

/** A text in the language of the page, or the next best. */
export const ownText = (text: Text | Partial<Text>): string =>
  bestText({ ja: '', en: '', easy: '', ...text }, language());

/** Metres as people read them. */
export const metresText = (metres: number): string =>
  metres < 1000
    ? t('distance.m', { value: Math.round(metres) })
    : t('distance.km', { value: (metres / 1000).toFixed(1) });

/** Minutes as people read them. */
export function minutesText(minutes: number): string {
  const whole = Math.ceil(minutes);
  return whole < 60
    ? t('unit.minutes', { value: whole })
    : t('unit.hours', { hours: Math.floor(whole / 60), minutes: whole % 60 });
}
