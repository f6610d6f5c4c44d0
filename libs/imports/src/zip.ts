import { createInflateRaw } from 'node:zlib';
import { refuse } from '@timebank/contract';
import { bounds } from './bounds';

export type ZipEntry = { name: string; method: number; bytes: Uint8Array };

const signatures = { entry: 0x02014b50, local: 0x04034b50, end: 0x06054b50 };
const broken = () => refuse('imports/not_a_workbook');

/** The place of the record that ends a zip file: within the last 64 KiB, behind it only a comment. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at -= 1) {
    if (view.getUint32(at, true) === signatures.end) return at;
  }
  throw broken();
}

/** The files of a zip by name, still packed. Refuses `imports/not_a_workbook` and `imports/locked`. */
export function readZip(bytes: Uint8Array): Map<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 22) throw broken();
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > bounds.zipEntries) throw refuse('imports/too_packed');
  const entries = new Map<string, ZipEntry>();
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== signatures.entry) throw broken();
    if ((view.getUint16(at + 8, true) & 1) !== 0) throw refuse('imports/locked');
    const [packed, nameLength, extraLength, noteLength] = [
      view.getUint32(at + 20, true),
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const local = view.getUint32(at + 42, true);
    if (local + 30 > bytes.byteLength || view.getUint32(local, true) !== signatures.local) throw broken();
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (from + packed > bytes.byteLength) throw broken();
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    entries.set(name, { name, method: view.getUint16(at + 10, true), bytes: bytes.subarray(from, from + packed) });
    at += 46 + nameLength + extraLength + noteLength;
  }
  return entries;
}

/** What has been unpacked of one file so far, all parts together. */
export class Unpacking {
  private bytes = 0;

  constructor(private readonly packedBytes: number) {}

  add(bytes: number): void {
    this.bytes += bytes;
    const isLarge = this.bytes > bounds.freeBytes && this.bytes > this.packedBytes * bounds.mostRatio;
    if (isLarge || this.bytes > bounds.unpackedBytes) throw refuse('imports/too_packed');
  }
}

/** The text of a part, a stretch at a time. Refuses `imports/too_packed` as soon as it grows beyond all measure, and `imports/not_a_workbook`. */
export async function* textOf({ method, bytes }: ZipEntry, unpacking: Unpacking): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  if (method === 0) {
    unpacking.add(bytes.byteLength);
    yield decoder.decode(bytes);
    return;
  }
  if (method !== 8) throw broken();
  const inflate = createInflateRaw();
  inflate.end(bytes);
  const stretches = inflate[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    for (;;) {
      const next = await stretches.next().catch(() => {
        throw broken();
      });
      if (next.done) break;
      unpacking.add(next.value.byteLength);
      yield decoder.decode(next.value, { stream: true });
    }
  } finally {
    inflate.destroy();
  }
  yield decoder.decode();
}

/** A small part whole; empty if there is none. */
export async function wholeText(entry: ZipEntry | undefined, unpacking: Unpacking): Promise<string> {
  let text = '';
  if (entry) for await (const stretch of textOf(entry, unpacking)) text += stretch;
  return text;
}
