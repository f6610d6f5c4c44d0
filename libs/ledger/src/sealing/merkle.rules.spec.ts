import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { inclusionPaths, leafHash, merkleRoot, rootOfPath } from './merkle.rules';

const leavesOf = (count: number) => Array.from({ length: count }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)));
const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 6962, 2.1, word for word: split at the largest power of two below the count. */
function rootByTheBook(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaves[0] as Buffer;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha(Buffer.from([1]), rootByTheBook(leaves.slice(0, split)), rootByTheBook(leaves.slice(split)));
}

function pathByTheBook(leaves: Buffer[], index: number): Buffer[] {
  if (leaves.length <= 1) return [];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...pathByTheBook(left, index), rootByTheBook(right)]
    : [...pathByTheBook(right, index - split), rootByTheBook(left)];
}

describe('a Merkle tree', () => {
  it('hashes the known vectors of RFC 6962', () => {
    expect(merkleRoot(Buffer.alloc(0)).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(leafHash(Buffer.alloc(0)).toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    const data = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const leaves = Buffer.concat(data.map((hexadecimal) => leafHash(Buffer.from(hexadecimal, 'hex'))));
    expect(merkleRoot(leaves).toString('hex')).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  it.each(Array.from({ length: 34 }, (_, count) => count))(
    'of %i leaves has the root and every path of the book, and each leads to the root',
    (count) => {
      const leaves = leavesOf(count);
      const root = merkleRoot(Buffer.concat(leaves));
      expect(root).toEqual(rootByTheBook(leaves));
      const paths = inclusionPaths(
        Buffer.concat(leaves),
        leaves.map((_, index) => index),
      );
      for (const [index, path] of paths.entries()) {
        expect(path).toEqual(pathByTheBook(leaves, index));
        expect(rootOfPath(leaves[index] as Buffer, index, count, path)).toEqual(root);
      }
    },
  );

  it.each([1, 2, 3, 7, 8, 21, 33])('of %i leaves proves no other leaf, no other place and no shortened or lengthened path', (count) => {
    const leaves = leavesOf(count);
    const root = merkleRoot(Buffer.concat(leaves));
    const paths = inclusionPaths(
      Buffer.concat(leaves),
      leaves.map((_, index) => index),
    );
    for (const [index, path] of paths.entries()) {
      const leaf = leaves[index] as Buffer;
      const leadsToRoot = (found: Buffer | null) => found !== null && found.equals(root);
      expect(leadsToRoot(rootOfPath(leafHash(Buffer.from('other')), index, count, path))).toBe(false);
      const elsewhere = leaves.map((_, other) => other).filter((other) => other !== index);
      for (const other of elsewhere) expect(leadsToRoot(rootOfPath(leaf, other, count, path))).toBe(false);
      expect(leadsToRoot(rootOfPath(leaf, index, count, path.slice(0, -1)))).toBe(path.length === 0);
      expect(leadsToRoot(rootOfPath(leaf, index, count, [...path, root]))).toBe(false);
      for (let place = 0; place < path.length; place += 1) {
        const changed = path.map((hash, step) => (step === place ? leafHash(hash) : hash));
        expect(leadsToRoot(rootOfPath(leaf, index, count, changed))).toBe(false);
      }
    }
    expect(rootOfPath(leaves[0] as Buffer, -1, count, [])).toBeNull();
    expect(rootOfPath(leaves[0] as Buffer, count, count, [])).toBeNull();
    expect(rootOfPath(leaves[0] as Buffer, 0.5, count, [])).toBeNull();
  });
});
