/** The texts of where departments work, in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'offices.title': 'Offices and districts',
  'offices.lead':
    'Where departments work decides which routes lead to other districts, and which ones are suggested first. A department without an office of its own works where the one above it does.',
  'offices.none': 'No offices yet.',
  'offices.failed': 'The offices could not be loaded.',
  'offices.department': 'Department',
  'offices.gone': '(a department that stands no more)',
  'offices.name': 'Name of the office',
  'offices.since': 'From',
  'offices.district': 'District',
  'offices.no_district': 'In no district',
  'offices.no_districts': 'The map has no districts yet. Import them before you set offices.',
  'offices.add': 'Add an office',
  'offices.change': 'Change',
  'offices.remove': 'Take back',
  'offices.remove_title': 'Take back where {department} works from {since}?',
  'offices.remove_text':
    'Which routes count as elsewhere, and the figures by district, change from that day on. It is recorded.',
  'offices.removed': 'Taken back.',
  'offices.saved': 'Saved. District: {district}',
  'offices.save': 'Save',
  'offices.cancel': 'Cancel',
  'offices.since_help':
    'Counts from this day on. A day in the past changes how the past is counted.',
  'offices.choose': 'Please choose',
  'offices.position_wrong': 'Please check latitude and longitude.',
  'offices.missing': 'Please fill this in.',
};
