/** The texts of exports and of the yearly archive in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'exports.label': 'Export',
  'exports.label_recorded': 'Export (with names; this is recorded)',
  'exports.excel': 'Excel',
  'exports.csv': 'CSV (UTF-8)',
  'exports.csv_cp932': 'CSV (CP932)',
  'exports.help':
    'Choose Excel to keep zeros at the beginning of staff numbers. CP932 is for older programs; what it lacks, such as 𠮷, cannot be exported in it.',
  'exports.saved': 'Exported “{name}”.',
  'exports.failed': 'It could not be exported.',

  'archive.title': 'Archive of the year (signed)',
  'archive.lead':
    'The year’s training in one signed file, with a report (PDF). Whether it is as it was made can be checked years later. It is not kept here: please file it.',
  'archive.provisional_lead': 'This fiscal year is not over, so it will be provisional (速報).',
  'archive.people': 'Include how each person stood, by name (this is recorded)',
  'archive.people_help':
    'Please destroy a file with names when the retention period of obligations and completion is over.',
  'archive.make': 'Make the archive',
  'archive.failed': 'The archive could not be made.',
  'archive.made': 'Please save the file and the report.',
  'archive.made_title': 'The archive',
  'archive.provisional': 'Provisional',
  'archive.final': 'Final',
  'archive.as_of': 'As of {day}',
  'archive.sha256': 'SHA-256 of the file',
  'archive.fingerprint': 'Fingerprint of the key',
  'archive.save_file': 'Save the archive (JSON)',
  'archive.save_report': 'Save the report (PDF)',
  'archive.report_failed': 'The report could not be made.',
};
