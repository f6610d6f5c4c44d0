/** Reads square codes off the page's thread. One frame at a time; the wasm is the app's own file. */
import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import wasmUrl from 'scanner.wasm?url';

prepareZXingModule({ overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasmUrl : prefix + path) } });
const detector = new BarcodeDetector({ formats: ['qr_code'] });

self.addEventListener('message', async (message: MessageEvent<{ turn: number; image: ImageData }>) => {
  const { turn, image } = message.data;
  try {
    const [found] = await detector.detect(image);
    self.postMessage({ turn, text: found?.rawValue ?? null, fault: null }, {});
  } catch (fault) {
    self.postMessage({ turn, text: null, fault: String(fault) }, {});
  }
});
