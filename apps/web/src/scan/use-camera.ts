import { onBeforeUnmount, reactive, type Ref } from 'vue';
import { cameraOf, closeCamera, keepCamera, openCamera, troubleBefore, troubleOf, type Wish } from './camera';
import { afterCamera } from './cameras.rules';
import type { CameraTrouble } from './scan.machine';
import { freshStream, judgeStream } from './stream.rules';
import { type CameraState, useLens } from './use-lens';

/** The next camera of this phone, which remembers it; where cameras have no names, the other side. */
function nextWish({ camera, cameras }: CameraState, wish: Wish | null): Wish {
  const next = afterCamera(camera?.deviceId ?? null, cameras);
  if (!next) return { facing: wish && 'facing' in wish && wish.facing === 'user' ? 'environment' : 'user' };
  keepCamera(next);
  return { deviceId: next.deviceId };
}

const play = (video: HTMLVideoElement) =>
  video.play().then(
    () => true,
    () => false,
  );

/**
 * The stream behind a video element: one at a time, and it stops every one that it opens. A stream that ends, freezes or stays black although the
 * page is shown (after a phone call, another app, a locked screen) is opened anew twice, then reported as interrupted.
 */
export function useCamera(video: Ref<HTMLVideoElement | null>, heard: { opened: () => void; failed: (trouble: CameraTrouble) => void }) {
  const shown = reactive<CameraState>({ open: false, torch: 'none', zooms: [], zoomStep: 0, cameras: [], camera: null });
  let stream: MediaStream | null = null;
  const lens = useLens(shown, () => stream);
  let wish: Wish | null = null;
  let turn = 0;
  let health = freshStream(0);
  /** One opening after another: a phone that is asked for a second stream often stops the first. */
  let opening: Promise<void> = Promise.resolve();

  function stop(): void {
    turn += 1;
    closeCamera(stream);
    stream = null;
    if (video.value) video.value.srcObject = null;
    Object.assign(shown, { open: false, torch: 'none', zooms: [] });
  }

  function start(restarts = 0): Promise<void> {
    stop();
    const mine = turn;
    opening = opening.then(() => open(mine, restarts));
    return opening;
  }

  async function open(mine: number, restarts: number): Promise<void> {
    if (mine !== turn || !video.value) return;
    const trouble = troubleBefore();
    if (trouble) return heard.failed(trouble);
    try {
      const opened = await openCamera(wish);
      if (mine !== turn || !video.value) return closeCamera(opened.stream);
      stream = opened.stream;
      shown.cameras = opened.cameras;
      shown.camera = opened.camera ?? cameraOf(stream, opened.cameras);
      stream.getVideoTracks()[0]?.addEventListener('ended', () => mine === turn && renew());
      video.value.srcObject = stream;
    } catch (fault) {
      return mine === turn ? fail(troubleOf(fault)) : undefined;
    }
    const plays = await play(video.value);
    if (mine !== turn) return;
    // Some browsers inside apps, and phones that save power, play nothing before a touch.
    if (!plays) return fail('untouched');
    await lens.fit();
    if (mine !== turn) return;
    health = freshStream(performance.now(), restarts);
    shown.open = true;
    heard.opened();
  }

  function fail(trouble: CameraTrouble): void {
    stop();
    heard.failed(trouble);
  }

  const renew = () => (health.restarts < 2 ? void start(health.restarts + 1) : fail('interrupted'));

  /** Hears of each picture looked at: whether it moves, and how bright its brightest points are. */
  function check(brightest: number): void {
    const track = stream?.getVideoTracks()[0];
    if (!video.value || !track) return;
    const look = { at: performance.now(), currentTime: video.value.currentTime, brightest, muted: track.muted };
    const judged = judgeStream(health, look);
    health = judged.health;
    if (judged.verdict === 'restart') void start(health.restarts);
    else if (judged.verdict === 'give up') fail('interrupted');
  }

  function turnOver(): Promise<void> {
    wish = nextWish(shown, wish);
    return start();
  }

  onBeforeUnmount(stop);
  return { shown, start: () => start(), stop, check, turnOver, switchTorch: lens.switchTorch, zoomTo: lens.zoomTo };
}
