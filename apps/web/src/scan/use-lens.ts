import { abilitiesOf, setLens } from './camera';
import type { Camera } from './cameras.rules';

/** What the screen knows about the camera. */
export type CameraState = {
  open: boolean;
  torch: 'none' | 'off' | 'on';
  /** Steps of zoom that the lens offers, and which one it is at. */
  zooms: number[];
  zoomStep: number;
  cameras: Camera[];
  camera: Camera | null;
};

/** Light and zoom of the open stream, where its lens offers them; what it then refuses is not offered again. */
export function useLens(shown: CameraState, stream: () => MediaStream | null) {
  async function zoomTo(step: number): Promise<void> {
    const [opened, zoom] = [stream(), shown.zooms[step]];
    if (!opened || zoom === undefined) return;
    if (await setLens(opened, { zoom })) shown.zoomStep = step;
    else shown.zooms = [];
  }

  async function switchTorch(): Promise<void> {
    const opened = stream();
    if (!opened) return;
    const lit = shown.torch !== 'on';
    if (await setLens(opened, { torch: lit })) shown.torch = lit ? 'on' : 'off';
    else shown.torch = 'none';
  }

  /** After an opening: what this lens can do, and the zoom that was chosen before. */
  async function fit(): Promise<void> {
    const opened = stream();
    if (!opened) return;
    const { torch, zooms, focuses } = abilitiesOf(opened);
    shown.torch = torch ? 'off' : 'none';
    shown.zooms = zooms;
    if (focuses) await setLens(opened, { focusMode: 'continuous' });
    const kept = Math.min(shown.zoomStep, Math.max(0, zooms.length - 1));
    shown.zoomStep = 0;
    if (kept > 0) await zoomTo(kept);
  }

  return { fit, switchTorch, zoomTo };
}
