/** The texts of choosing a position, in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'position.help': 'Type latitude and longitude, or press on the map or move the pin.',
  'position.latitude': 'Latitude',
  'position.longitude': 'Longitude',
  'position.map': 'Map of the position',
};
