import type { CameraTrouble } from './scan.machine';

export type Facing = 'environment' | 'user';

/** Why a camera could not be opened, in the words of the scanning screen. */
export function troubleOf(fault: unknown): CameraTrouble {
  const name = fault instanceof Error ? fault.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'none';
}

/** Browsers offer the camera on encrypted addresses and on this machine only. */
export function cameraIsOffered(): boolean {
  return window.isSecureContext && navigator.mediaDevices?.getUserMedia !== undefined;
}

export function openCamera(facing: Facing): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: facing }, width: { ideal: 1_280 }, height: { ideal: 720 } },
  });
}

export function closeCamera(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

type WithTorch = MediaTrackCapabilities & { torch?: boolean };

export function hasTorch(stream: MediaStream): boolean {
  const track = stream.getVideoTracks()[0];
  return (track?.getCapabilities?.() as WithTorch | undefined)?.torch === true;
}

export async function setTorch(stream: MediaStream, lit: boolean): Promise<void> {
  await stream.getVideoTracks()[0]?.applyConstraints({ advanced: [{ torch: lit } as MediaTrackConstraintSet] });
}
