/** The reader on the page's own thread, for browsers without workers; a chunk of its own, so that nobody else loads it. */
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { prepareReader } from '@timebank/web-kit/scanning';

export { readCode } from '@timebank/web-kit/scanning';

prepareReader({ url: wasmUrl });
