import { keep } from './i18n';
import { useSession } from './session';

export type Where = { latitude: number; longitude: number; accuracyMeters: number };

const key = 'location-consent';
/** A scan does not wait longer for a satellite. */
const patienceMs = 3_000;

/** Asked once, when somebody switches it on: the browser then asks in its own words. */
function ask(): Promise<Where | null> {
  if (!navigator.geolocation) return Promise.resolve(null);
  return new Promise((tell) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => tell({ latitude: coords.latitude, longitude: coords.longitude, accuracyMeters: Math.min(100_000, coords.accuracy) }),
      () => tell(null),
      { timeout: patienceMs, maximumAge: 30_000, enableHighAccuracy: true },
    );
  });
}

/**
 * Where the phone is at a scan, if its person allows it on this phone; else null, and also when it takes too long. Never asked at any other moment.
 */
export async function whereAtScan(personId: string): Promise<Where | null> {
  return keep.read(key) === personId ? ask() : null;
}

/** The person's choice, kept on this phone too, so that it counts without signal. */
export async function readLocationConsent(personId: string): Promise<boolean> {
  const { granted } = await useSession().ask('getLocationConsent');
  if (!granted && keep.read(key) === personId) keep.write(key, null);
  return granted && keep.read(key) === personId;
}

export async function saveLocationConsent(personId: string, granted: boolean): Promise<void> {
  // Withdrawn on this phone first: whatever happens to the call, the phone reports no place any more.
  if (!granted) keep.write(key, null);
  await useSession().ask('putLocationConsent', { body: { granted } });
  if (!granted) return;
  keep.write(key, personId);
  await ask();
}
