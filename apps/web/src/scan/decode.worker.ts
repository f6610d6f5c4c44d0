/** Reads square codes off the page's thread, one picture at a time. */
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { type Look, type Picture, prepareReader, readCode } from '@timebank/web-kit/scanning';

prepareReader({ url: wasmUrl });

self.addEventListener('message', async (message: MessageEvent<{ turn: number; picture: Picture; look: Look }>) => {
  const { turn, picture, look } = message.data;
  try {
    self.postMessage({ turn, text: await readCode(picture, look), fault: null }, {});
  } catch (fault) {
    self.postMessage({ turn, text: null, fault: String(fault) }, {});
  }
});
