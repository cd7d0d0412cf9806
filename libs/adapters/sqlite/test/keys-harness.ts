import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { sqliteKeys, type SqliteKeys } from '#libs/adapters/sqlite';
import { fromHex, Secret, toHex } from '#libs/kernel';
import type { KeysHarness } from '#suites/keys';
import { bundleProgram, removeProgram, RunningProgram } from '#libs/testing';

export const MASTER_KEY: Uint8Array = new Uint8Array(32).map((_, i) => i);

/** Every byte of the store: the file, and what its WAL still holds. */
export const bytesOnDisk = (path: string): Buffer =>
  Buffer.concat(
    ['', '-wal', '-shm'].map((end) => {
      try {
        return readFileSync(path + end);
      } catch {
        return Buffer.alloc(0);
      }
    }),
  );

export const storedKey = (path: string, stream: string): Uint8Array | undefined => {
  const reader = new DatabaseSync(path, { readOnly: true });
  try {
    const row = reader.prepare('SELECT wrapped FROM keys WHERE stream = ?').get(stream);
    return row && Uint8Array.from(row['wrapped'] as Uint8Array);
  } finally {
    reader.close();
  }
};

const raced = async (path: string, processes: number, streams: readonly string[]) => {
  const prefix = (streams[0] ?? '').replace(/\/0$/, '');
  const program = await bundleProgram(new URL('./keys-process.ts', import.meta.url));
  const running = Array.from(
    { length: processes },
    () => new RunningProgram(program, [path, toHex(MASTER_KEY), `${streams.length}`, prefix]),
  );
  try {
    await Promise.all(running.map((each) => each.line()));
    for (const each of running) each.tell('go');
    const lines = await Promise.all(running.map((each) => each.line()));
    return lines.map((line) =>
      (JSON.parse(line) as string[]).map((hex, i) => ({
        stream: streams[i] ?? '',
        sealed: fromHex(hex),
      })),
    );
  } finally {
    await Promise.all(running.map((each) => each.end()));
    await removeProgram(program);
  }
};

export const sqliteKeysHarness = async (): Promise<KeysHarness & { readonly path: string }> => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-keys-'));
  const path = join(folder, 'keys.db');
  const opened: SqliteKeys[] = [];
  const open = (file = path, masterKey: Uint8Array = MASTER_KEY): SqliteKeys => {
    const keys = sqliteKeys({ path: file, masterKey: new Secret(masterKey) });
    opened.push(keys);
    return keys;
  };
  const closeAll = (): void => {
    for (const keys of opened.splice(0)) keys.close();
  };
  return {
    path,
    keys: open(),
    restart: async () => (closeAll(), open()),
    beside: async () => open(),
    race: (processes, streams) => raced(path, processes, streams),
    openWith: async (masterKey) => open(path, masterKey),
    another: async () => open(join(folder, `${opened.length}.db`)),
    wrappedKey: async (stream) => storedKey(path, stream),
    isOnDisk: async (bytes) => bytesOnDisk(path).includes(Buffer.from(bytes)),
    letDestructionsSpread: async () => undefined,
    age: async (now) => void (await opened.at(-1)?.sweep(now)),
    dispose: async () => {
      closeAll();
      await rm(folder, { recursive: true });
    },
    capabilities: { overwritesAtOnce: true, spreadsDestructionAtOnce: true },
  };
};
