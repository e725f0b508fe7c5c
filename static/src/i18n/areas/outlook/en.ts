/** The texts of what is to be expected of the yearly training, and of the years before, in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'outlook.trend': 'Completion over the years',
  'outlook.trend_failed': 'The years could not be loaded.',
  'outlook.year': 'Fiscal year',
  'outlook.so_far': 'Until the same time',
  'outlook.at_end': 'At its end',
  'outlook.going_on': '(under way)',
  'outlook.people': 'Have to',
  'outlook.as_of': 'As of',
  'outlook.forecast': 'What to expect by the end of the year',
  'outlook.forecast_failed': 'The forecast could not be loaded.',
  'outlook.unknown':
    'Nothing can be said yet: there is neither a year before nor four weeks of this one.',
  'outlook.year_before':
    'From those who were missing at the same time of the year before, and how many of them had completed it by its end.',
  'outlook.last_weeks':
    'As if people went on completing it as in the last weeks. It will be surer once there is a year before.',
  'outlook.range': 'Four out of five such forecasts end within the range in brackets.',
  'outlook.missing': 'Missing now',
  'outlook.expected': 'Expected to be missing then',
  'outlook.expected_people': 'about {count} ({low}–{high})',
  'outlook.hidden': 'Hidden: too few people',
  'outlook.groups': 'By division',
  'outlook.seats': 'Places in guided outings',
  'outlook.planned': 'Outings planned',
  'outlook.free': 'Places free',
  'outlook.needed': 'Places missing',
  'outlook.further': 'Further outings needed',
  'outlook.further_value': 'about {count} (of {usual} people)',
  'outlook.plan': 'Plan outings',
};
