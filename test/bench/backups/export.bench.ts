import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import {
  SqliteDatabase,
  sqliteDocuments,
  sqliteEventLog,
  sqliteInnkeeperSource,
} from '#libs/adapters/sqlite';
import { isDerivedCollection } from '#libs/backups';
import { subscriptions } from '#libs/contracts';
import { deliveriesCollection } from '#libs/intake';
import { derivedId, systemClock } from '#libs/kernel';

import { atMost, type Bench, type Figure } from '../figure.js';
import { inScratchFolder } from '../scratch-folder.js';

const PER_SECOND = 500;
const EVERY_MS = 10;
const ALONE_MS = 10_000;
const MEBIBYTE = 1024 * 1024;
const NANOSECONDS = 1_000_000;
/** More than without it; decision 74. */
const MOST_MS = 20;
/** What one delivery is, as it is kept: sealed bytes, and one fact of it. */
const RAW = 2_000;

export const exporting: Bench = {
  name: 'export',
  means: 'export of the embedded log by its own connection, under 500 deliveries/s',
  run: ({ full, progress }) =>
    inScratchFolder(async (folder) => {
      const store = openStore(folder);
      const stored = full ? 300_000 : 60_000;
      progress(`keeping ${stored} deliveries`);
      for (let i = 0; i < stored; i += 1000) await store.keep(1000);
      progress('500 deliveries/s alone');
      const alone = await longestTurn(store.keep, () => delay(ALONE_MS));
      progress('500 deliveries/s while it is exported');
      const into = join(folder, 'export');
      mkdirSync(into);
      const begun = performance.now();
      let bytes = 0;
      const during = await longestTurn(store.keep, async () => {
        const signal = new AbortController().signal;
        ({ bytes } = (await store.source.export(into, { signal })).manifest);
      });
      const seconds = (performance.now() - begun) / 1000;
      await store.close();
      return figuresOf({ alone, during, seconds, bytes });
    }),
};

const openStore = (folder: string) => {
  const database = new SqliteDatabase(join(folder, 'innkeeper.db'));
  const documents = sqliteDocuments({ database, clock: systemClock });
  const log = sqliteEventLog({ database, clock: systemClock });
  const source = sqliteInnkeeperSource({
    database,
    derived: isDerivedCollection,
    waitingAt: subscriptions.intakeOfDeliveries.name,
    versions: {},
    clock: systemClock,
  });
  let number = 0;
  const keep = async (count: number): Promise<void> => {
    const ids = Array.from({ length: count }, () =>
      derivedId(++number, createHash('sha256').update(`${number}`).digest()),
    );
    const kept = ids.map((id, i) => ({
      ...{ id, body: { id }, bytes: randomBytes(RAW) },
      fields: { receivedAt: number, source: 'bench', failed: 0 },
      fence: { era: 1, position: number - count + i + 1 },
    }));
    const facts = ids.map((id) => ({
      ...{ id, stream: `call/${id}`, type: 'intake.call.observed.v1', occurredAt: 1 },
      ...{ meta: '{}', data: JSON.stringify({ id }), personal: randomBytes(200) },
    }));
    await Promise.all([documents.put(deliveriesCollection, kept), log.observe(facts)]);
  };
  return { keep, source, close: () => database.close() };
};

/** How long the event loop stood still at most while `work` went on, in ms. */
const longestTurn = async (
  keep: (count: number) => Promise<void>,
  work: () => Promise<unknown>,
): Promise<number> => {
  const turns = monitorEventLoopDelay({ resolution: 1 });
  const sending = setInterval(() => void keep((PER_SECOND * EVERY_MS) / 1000), EVERY_MS);
  turns.enable();
  try {
    await work();
  } finally {
    clearInterval(sending);
    turns.disable();
  }
  return turns.max / NANOSECONDS;
};

interface MeasuredExport {
  readonly alone: number;
  readonly during: number;
  readonly seconds: number;
  readonly bytes: number;
}

const figuresOf = ({ alone, during, seconds, bytes }: MeasuredExport): Figure[] => [
  {
    name: 'export, longest turn beside that without it',
    value: during,
    unit: 'ms',
    limit: alone,
    goal: `≤ ${MOST_MS} ms more`,
    met: during - alone <= MOST_MS,
  },
  atMost(`export of ${Math.round(bytes / MEBIBYTE)} MiB`, seconds, 's', 120),
];
