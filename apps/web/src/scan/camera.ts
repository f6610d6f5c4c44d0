import { betterThan, type Camera, type Facing, sameCamera, zoomSteps } from './cameras.rules';
import type { CameraTrouble } from './scan.machine';

/** Why a camera could not be opened, in the words of the scanning screen. */
export function troubleOf(fault: unknown): CameraTrouble {
  const name = fault instanceof Error ? fault.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'none';
}

/** Browsers offer the camera only on encrypted addresses and on this machine; those inside other apps, such as WeChat's, often nowhere. */
export function troubleBefore(): CameraTrouble | null {
  if (!window.isSecureContext) return 'insecure';
  return navigator.mediaDevices?.getUserMedia === undefined ? 'unsupported' : null;
}

const kept = 'timebank.web.camera';

/** The camera that somebody chose on this phone; null if nobody did, or nothing can be stored. */
function chosenCamera(): Camera | null {
  try {
    const { deviceId, label } = JSON.parse(localStorage.getItem(kept) ?? '') as Partial<Camera>;
    return typeof deviceId === 'string' && typeof label === 'string' ? { deviceId, label } : null;
  } catch {
    return null;
  }
}

export function keepCamera({ deviceId, label }: Camera): void {
  try {
    localStorage.setItem(kept, JSON.stringify({ deviceId, label }));
  } catch {
    // A private window: it is chosen again next time.
  }
}

export type Wish = { deviceId: string } | { facing: Facing };

function ask(wish: Wish): Promise<MediaStream> {
  const which = 'deviceId' in wish ? { deviceId: { exact: wish.deviceId } } : { facingMode: { ideal: wish.facing } };
  return navigator.mediaDevices.getUserMedia({ audio: false, video: { ...which, width: { ideal: 1_280 }, height: { ideal: 720 } } });
}

/** A camera that is gone, or whose id the browser has forgotten, is no reason to open none. */
async function askOrAny(wish: Wish): Promise<MediaStream> {
  try {
    return await ask(wish);
  } catch (fault) {
    const isGone = fault instanceof Error && ['OverconstrainedError', 'NotFoundError', 'NotReadableError'].includes(fault.name);
    if ('deviceId' in wish && isGone) return ask({ facing: 'environment' });
    throw fault;
  }
}

async function listCameras(): Promise<Camera[]> {
  const devices = (await navigator.mediaDevices.enumerateDevices?.().catch(() => [])) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ deviceId, label }));
}

/** Which of the listed cameras a stream is from. */
export function cameraOf(stream: MediaStream, cameras: readonly Camera[]): Camera | null {
  const track = stream.getVideoTracks()[0];
  const deviceId = track?.getSettings?.().deviceId;
  return (
    cameras.find((camera) => camera.deviceId === deviceId) ?? cameras.find(({ label }) => label !== '' && label === track?.label) ?? null
  );
}

export type OpenCamera = { stream: MediaStream; cameras: Camera[]; camera: Camera | null };

/**
 * Opens the wanted camera, else the one chosen on this phone, else a rear one. Browsers name cameras only once one is open, so the right one may be
 * opened second; two are never open at once.
 */
export async function openCamera(wish: Wish | null): Promise<OpenCamera> {
  const chosen = chosenCamera();
  const first = wish ?? (chosen ? { deviceId: chosen.deviceId } : { facing: 'environment' as const });
  const stream = await askOrAny(first);
  const cameras = await listCameras();
  const camera = cameraOf(stream, cameras);
  const better = wish !== null || !camera ? null : chosen ? sameCamera(chosen, cameras) : betterThan(camera, cameras);
  if (!better || better.deviceId === camera?.deviceId) return { stream, cameras, camera };
  closeCamera(stream);
  const other = await askOrAny({ deviceId: better.deviceId });
  return { stream: other, cameras, camera: cameraOf(other, cameras) };
}

export function closeCamera(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

type Abilities = MediaTrackCapabilities & { torch?: boolean; zoom?: { min: number; max: number }; focusMode?: string[] };

/** What the lens of a stream can do; nothing in browsers that do not say. */
export function abilitiesOf(stream: MediaStream): { torch: boolean; zooms: number[]; focuses: boolean } {
  const abilities = stream.getVideoTracks()[0]?.getCapabilities?.() as Abilities | undefined;
  return {
    torch: abilities?.torch === true,
    zooms: zoomSteps(abilities?.zoom),
    focuses: abilities?.focusMode?.includes('continuous') === true,
  };
}

/** Sets a lens; false where it refuses, as some do although they offered it. */
export async function setLens(stream: MediaStream, wanted: { torch?: boolean; zoom?: number; focusMode?: string }): Promise<boolean> {
  try {
    await stream.getVideoTracks()[0]?.applyConstraints({ advanced: [wanted as MediaTrackConstraintSet] });
    return true;
  } catch {
    return false;
  }
}
