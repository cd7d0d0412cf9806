import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** A sealed value of a restored log, and the wrapped key that must open it. Of no use without the master key. */
export interface SealedValue {
  readonly stream: string;
  readonly sealed: Uint8Array;
  /** Missing: the restored keys have none for it. */
  readonly wrapped?: Uint8Array;
}

/** Some milliseconds' work. */
const SLICE = 2_000;

/**
 * The newest one whose key was not destroyed, of two restored copies. What was destroyed between the copy of the log and
 * that of the keys is closed by right.
 */
export const newestSealed = async (
  innkeeper: string,
  keys: string,
): Promise<SealedValue | undefined> => {
  const log = readOnly(join(innkeeper, 'innkeeper.db'));
  try {
    const keyring = readOnly(join(keys, 'keys.db'));
    try {
      return await newestIn(log, keyring);
    } finally {
      keyring.close();
    }
  } finally {
    log.close();
  }
};

const newestIn = async (
  log: DatabaseSync,
  keys: DatabaseSync,
): Promise<SealedValue | undefined> => {
  const facts = log.prepare(
    `SELECT stream, personal FROM log_facts WHERE position <= ? AND position > ?
     AND personal IS NOT NULL ORDER BY position DESC`,
  );
  const key = keys.prepare('SELECT wrapped FROM keys WHERE stream = ?');
  const tombstone = keys.prepare('SELECT 1 FROM tombstones WHERE stream = ?');
  const last = log.prepare('SELECT max(position) AS last FROM log_facts').get()?.['last'];
  for (let to = Number(last ?? 0); to > 0; to -= SLICE) {
    for (const row of facts.iterate(to, to - SLICE)) {
      const [stream, sealed] = [String(row['stream']), row['personal'] as Uint8Array];
      if (tombstone.get(stream)) continue;
      const wrapped = key.get(stream)?.['wrapped'] as Uint8Array | undefined;
      return { stream, sealed, ...(wrapped && { wrapped }) };
    }
    await turn();
  }
  return undefined;
};

const readOnly = (path: string): DatabaseSync => {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
};
