/** A camera as the browser lists it; without a permission its label is empty. */
export type Camera = { deviceId: string; label: string };
export type Facing = 'environment' | 'user';

// Labels come from the system: English from Android, the phone's own language from iOS (here also Chinese).
const front = /front|user|selfie|true ?depth|\u524d\u7f6e|\u524d\u955c/i;
const rear = /back|rear|environment|\u540e\u7f6e|\u80cc\u9762/i;
const traps: readonly [label: RegExp, penalty: number][] = [
  // Lenses that join several and choose by themselves are safe, whatever else their name says.
  [/dual|triple|\u53cc|\u4e09/i, 0],
  [/macro|depth|infrared|\bir\b|mono|\u5fae\u8ddd|\u6df1\u5ea6|\u7ea2\u5916/i, 4],
  [/ultra ?-?wide|\u8d85\u5e7f/i, 3],
  [/tele|\u957f\u7126/i, 2],
];

export function facingOf({ label }: Camera): Facing | null {
  if (front.test(label)) return 'user';
  return rear.test(label) ? 'environment' : null;
}

/**
 * How bad a rear lens is for a card at arm's length. Of the numbered ones of an Android phone the first is the main one; the others
 * are wide, macro and depth lenses that their names do not give away.
 */
function penaltyOf({ label }: Camera): number {
  const known = traps.find(([pattern]) => pattern.test(label))?.[1] ?? 0;
  const number = Number(/camera2? (\d+)/i.exec(label)?.[1] ?? 0);
  return known * 100 + number;
}

/** Cameras in the order in which people try them: rear ones, most useful first, then those that do not say, then front ones. */
export function inOrder(cameras: readonly Camera[]): Camera[] {
  const side = { environment: 0, unknown: 1, user: 2 };
  const rank = (camera: Camera) => side[facingOf(camera) ?? 'unknown'] * 10_000 + penaltyOf(camera);
  return cameras
    .map((camera) => ({ camera, rank: rank(camera) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ camera }) => camera);
}

/**
 * The camera to change to after the browser chose one, or null to stay. Phones with many lenses sometimes offer a wide or a macro lens as the rear
 * camera; one that a person chose is never changed.
 */
export function betterThan(opened: Camera, cameras: readonly Camera[]): Camera | null {
  if (facingOf(opened) !== 'environment') return null;
  const best = inOrder(cameras).find((camera) => facingOf(camera) === 'environment');
  return best && best.deviceId !== opened.deviceId && penaltyOf(best) < penaltyOf(opened) ? best : null;
}

/** The next one in order, round and round. */
export function afterCamera(deviceId: string | null, cameras: readonly Camera[]): Camera | null {
  const ordered = inOrder(cameras);
  const at = ordered.findIndex((camera) => camera.deviceId === deviceId);
  return ordered[(at + 1) % ordered.length] ?? null;
}

/** The camera that was chosen on this phone before: by its id, or by its label where the browser gives new ids each time. */
export function sameCamera(kept: Camera, cameras: readonly Camera[]): Camera | null {
  return (
    cameras.find(({ deviceId }) => deviceId === kept.deviceId) ?? cameras.find(({ label }) => label !== '' && label === kept.label) ?? null
  );
}

/** Which one of its side a camera is, for people: rear 1, rear 2, front 1. */
export function placeOf(camera: Camera, cameras: readonly Camera[]): { facing: Facing | null; number: number } {
  const facing = facingOf(camera);
  const alike = inOrder(cameras).filter((other) => facingOf(other) === facing);
  return { facing, number: alike.findIndex(({ deviceId }) => deviceId === camera.deviceId) + 1 };
}

/** Steps of zoom that a lens offers: from its widest, each half as much again, to five times at most. */
export function zoomSteps(range: { min: number; max: number } | undefined): number[] {
  if (!range || !(range.min > 0) || range.max < range.min * 1.2) return [];
  const base = Math.max(range.min, Math.min(1, range.max));
  return [1, 1.5, 2, 3, 4, 5].map((times) => base * times).filter((zoom) => zoom <= range.max + 0.01);
}
