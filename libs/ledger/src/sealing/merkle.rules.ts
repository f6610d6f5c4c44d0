import { hash } from 'node:crypto';

/** Bytes of one hash; leaves and paths are runs of these. */
export const hashBytes = 32;

const leafPrefix = Buffer.from([0]);
const nodePrefix = Buffer.from([1]);

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/** RFC 6962, 2.1: the first byte tells a leaf from an inner node, so neither can pass for the other. */
export function leafHash(data: Uint8Array): Buffer {
  return sha256(Buffer.concat([leafPrefix, data]));
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([nodePrefix, left, right]));
}

export const hashAt = (hashes: Buffer, index: number): Buffer => hashes.subarray(index * hashBytes, (index + 1) * hashBytes);

/** The level above a level of hashes: pairs are joined, a lone last one goes up as it is. The shape is RFC 6962's. */
function levelAbove(level: Buffer): Buffer {
  const count = level.length / hashBytes;
  const above = Buffer.allocUnsafe(Math.ceil(count / 2) * hashBytes);
  const pair = Buffer.allocUnsafe(1 + 2 * hashBytes);
  nodePrefix.copy(pair);
  for (let index = 0; index + 1 < count; index += 2) {
    level.copy(pair, 1, index * hashBytes, (index + 2) * hashBytes);
    sha256(pair).copy(above, (index / 2) * hashBytes);
  }
  if (count % 2 === 1) hashAt(level, count - 1).copy(above, above.length - hashBytes);
  return above;
}

/** The root over leaf hashes laid end to end; over none it is the hash of nothing. */
export function merkleRoot(leaves: Buffer): Buffer {
  if (leaves.length === 0) return sha256(Buffer.alloc(0));
  let level = leaves;
  while (level.length > hashBytes) level = levelAbove(level);
  return Buffer.from(level);
}

/** For each index its path: the hashes that, joined with the leaf one after the other, give the root (RFC 6962, 2.1.1). */
export function inclusionPaths(leaves: Buffer, indexes: readonly number[]): Buffer[][] {
  const paths: Buffer[][] = indexes.map(() => []);
  let places = [...indexes];
  for (let level = leaves; level.length > hashBytes; level = levelAbove(level)) {
    const last = level.length / hashBytes - 1;
    for (const [order, place] of places.entries()) {
      const sibling = place ^ 1;
      if (sibling <= last) paths[order]?.push(Buffer.from(hashAt(level, sibling)));
    }
    places = places.map((place) => place >> 1);
  }
  return paths;
}

/** The root that a leaf and its path lead to, or null when a tree of that size has no such path (RFC 9162, 2.1.3.2). */
export function rootOfPath(leaf: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer | null {
  if (!Number.isInteger(index) || index < 0 || index >= size) return null;
  let place = index;
  let last = size - 1;
  let root = leaf;
  for (const sibling of path) {
    if (last === 0 || sibling.length !== hashBytes) return null;
    while (place % 2 === 0 && place === last) {
      place = Math.floor(place / 2);
      last = Math.floor(last / 2);
      if (last === 0) return null;
    }
    root = place % 2 === 1 ? nodeHash(sibling, root) : nodeHash(root, sibling);
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  while (last > 0 && place % 2 === 0 && place === last) {
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : null;
}
