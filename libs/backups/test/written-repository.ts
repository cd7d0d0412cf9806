import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, opendirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DatedSnapshot } from '../src/index.js';
import { newResticKey, resticKeyOf, sealForRestic, sha256 } from './restic-crypto.js';

export const WRITTEN_PASSWORD = 'of a written repository';

/** Opened by restic in milliseconds: its own keys cost most of a second each. */
const CHEAP = { N: 2, r: 1, p: 1 };

type WrittenSnapshot = Omit<DatedSnapshot, 'id'>;

/**
 * A restic repository written file by file, without restic: it has snapshots of any time at once, and no data. So it
 * serves commands that read snapshots alone.
 */
export class WrittenRepository {
  readonly #key = newResticKey();

  constructor(readonly path: string) {
    for (const folder of ['data', 'index', 'keys', 'locks', 'snapshots'])
      mkdirSync(join(path, folder), { recursive: true });
    this.#writeKey();
    const config = { version: 2, id: randomBytes(32).toString('hex'), ...POLYNOMIAL };
    writeFileSync(join(path, 'config'), sealForRestic(JSON.stringify(config), this.#key));
  }

  /** Replaces all snapshots. They are answered in the order of the folder, in which restic reads them. */
  setSnapshots(snapshots: readonly WrittenSnapshot[]): readonly DatedSnapshot[] {
    const folder = join(this.path, 'snapshots');
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    const byId = new Map<string, WrittenSnapshot>();
    for (const snapshot of snapshots) {
      const { time, tags } = snapshot;
      // Two of the same time and tags must still be two files.
      const written = { time, tree: TREE, paths: ['/all'], hostname: randomUUID(), tags };
      const file = sealForRestic(JSON.stringify(written), this.#key);
      const id = sha256(file);
      writeFileSync(join(folder, id), file);
      byId.set(id, snapshot);
    }
    return namesInOrder(folder).flatMap((id) => {
      const snapshot = byId.get(id);
      return snapshot ? [{ id, ...snapshot }] : [];
    });
  }

  #writeKey(): void {
    const salt = randomBytes(64);
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
    const { encrypt, k, r } = this.#key;
    const master = { mac: { k: base64(k), r: base64(r) }, encrypt: base64(encrypt) };
    const data = sealForRestic(JSON.stringify(master), resticKeyOf(WRITTEN_PASSWORD, salt, CHEAP));
    const key = {
      created: '2026-01-01T00:00:00Z',
      username: 'nobody',
      hostname: 'nowhere',
      kdf: 'scrypt',
      ...CHEAP,
      salt: base64(salt),
      data: base64(data),
    };
    const file = Buffer.from(JSON.stringify(key));
    writeFileSync(join(this.path, 'keys', sha256(file)), file);
  }
}

/** restic insists that it is irreducible. */
const POLYNOMIAL = { chunker_polynomial: '3da3358b4dc173' };
const TREE = 'a'.repeat(64);

/** `readdir` would sort. */
const namesInOrder = (folder: string): readonly string[] => {
  const names: string[] = [];
  const open = opendirSync(folder);
  for (let entry = open.readSync(); entry; entry = open.readSync()) names.push(entry.name);
  open.closeSync();
  return names;
};
