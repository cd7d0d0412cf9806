import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BenchTree {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

const MIB = 1024 * 1024;
const SMALL = 16 * 1024;
const LARGE = 64 * MIB;

/** As quick as writing, and no packer makes it smaller: what is stored is what is measured. */
const noise = (bytes: number, seed: number): Buffer => {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  let state = seed * 2 + 1;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  return Buffer.from(words.buffer, 0, bytes);
};

/** Half of it in many small files, half in few large ones. */
export const makeTree = (folder: string, mib: number): BenchTree => {
  const small = Math.floor((mib * MIB) / 2 / SMALL);
  const large = Math.max(1, Math.floor((mib * MIB) / 2 / LARGE));
  for (let i = 0; i < small; i++) {
    const under = join(folder, 'small', `${Math.floor(i / 500)}`);
    if (i % 500 === 0) mkdirSync(under, { recursive: true });
    writeFileSync(join(under, `${i}.bin`), noise(SMALL, i));
  }
  mkdirSync(join(folder, 'large'), { recursive: true });
  const size = Math.min(LARGE, (mib * MIB) / 2);
  for (let i = 0; i < large; i++)
    writeFileSync(join(folder, 'large', `${i}.bin`), noise(size, 1_000_003 + i));
  return { folder, files: small + large, bytes: small * SMALL + large * size };
};
