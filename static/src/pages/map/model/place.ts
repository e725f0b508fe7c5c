/** "Where am I": asks the device, and says what to do when it does not tell. */
import type { Position } from '../../../api/types';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/map';
import { contains, grow } from '../../../geo/measure';
import { move } from './camera';
import { type Place, store } from './state';

const OPTIONS: PositionOptions = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 };
const PERMISSION_DENIED = 1;
const TIMEOUT = 3;
const AROUND_ZOOM = 16;

/** Finds the reader and moves the map there. False when the device did not say. */
export async function locate(): Promise<boolean> {
  if (store.state.locating) return false;
  if (!window.isSecureContext || !('geolocation' in navigator)) {
    say(() => t('locate.unsupported'), 'error');
    return false;
  }
  store.set({ locating: true });
  try {
    const place = await ask();
    store.set({ place });
    goTo(place.position, place.accuracy_m);
    return true;
  } catch (error) {
    say(() => t(reason(error)), 'error');
    return false;
  } finally {
    store.set({ locating: false });
  }
}

const ask = (): Promise<Place> =>
  new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        resolve({ position: [coords.longitude, coords.latitude], accuracy_m: coords.accuracy });
      },
      reject,
      OPTIONS,
    );
  });

function reason(error: unknown): 'locate.refused' | 'locate.timeout' | 'locate.unavailable' {
  const code = (error as Partial<GeolocationPositionError>).code;
  if (code === PERMISSION_DENIED) return 'locate.refused';
  return code === TIMEOUT ? 'locate.timeout' : 'locate.unavailable';
}

function goTo(position: Position, accuracy: number): void {
  const { settings } = store.state;
  if (settings && !contains(grow(settings.bbox, 0.5), position)) {
    // Somebody at home elsewhere wants to keep seeing the ward.
    say(() => t('locate.outside'));
    return;
  }
  say(() => t('locate.found', { metres: Math.round(accuracy) }));
  move((camera) => {
    const zoom = Math.max(store.state.view?.zoom ?? 0, AROUND_ZOOM);
    camera.setView({ lon: position[0], lat: position[1], zoom });
  });
}
