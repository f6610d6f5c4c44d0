import type { Look, Picture } from '@timebank/web-kit/scanning';

/** The text of a square code, or null. Rejects when this browser cannot decode at all. The picture is given away. */
export type Decoder = { read(picture: Picture, look: Look): Promise<string | null>; close(): void };

/** Safari's lockdown mode and some apps' browsers have no WebAssembly: no picture can be read there, neither live nor from a file. */
export const canDecode = () => typeof WebAssembly === 'object';

type Answer = { turn: number; text: string | null; fault: string | null };

/** Longer than the slowest phone needs for its first picture with the wasm to load; a worker that is silent until then stays silent. */
const longestAnswer = 15_000;

class WorkerGone extends Error {}

function askWorker(worker: Worker, turn: number, picture: Picture, look: Look): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    const late = setTimeout(() => gone('no answer'), longestAnswer);
    const settle = () => {
      clearTimeout(late);
      listening.abort();
    };
    function gone(why: string): void {
      settle();
      reject(new WorkerGone(why));
    }
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<Answer>) => {
        if (data.turn !== turn) return;
        settle();
        if (data.fault === null) resolve(data.text);
        else reject(new Error(data.fault));
      },
      { signal: listening.signal },
    );
    for (const failure of ['error', 'messageerror'] as const) {
      worker.addEventListener(failure, () => gone(failure), { signal: listening.signal });
    }
    // Copied, not given away: it is still needed when the worker turns out to be gone.
    worker.postMessage({ turn, picture, look }, []);
  });
}

function openWorker(): Worker | null {
  try {
    return new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}

/**
 * Decodes in a worker; where there is none, or it dies, or never answers, on the page's own thread with the same code. A worker that
 * could not load the wasm is replaced: it would never try again.
 */
export function openDecoder(): Decoder {
  let worker = openWorker();
  let turn = 0;
  let isClosed = false;
  const leave = () => {
    worker?.terminate();
    worker = null;
  };
  worker?.addEventListener('error', leave);
  async function readHere(picture: Picture, look: Look): Promise<string | null> {
    const { readCode } = await import('./decode-here');
    return readCode(picture, look);
  }
  return {
    read: async (picture, look) => {
      if (isClosed) return null;
      if (!worker) return readHere(picture, look);
      turn += 1;
      try {
        return await askWorker(worker, turn, picture, look);
      } catch (fault) {
        leave();
        if (isClosed) return null;
        if (fault instanceof WorkerGone) return readHere(picture, look);
        worker = openWorker();
        throw fault;
      }
    },
    close: () => {
      isClosed = true;
      leave();
    },
  };
}
