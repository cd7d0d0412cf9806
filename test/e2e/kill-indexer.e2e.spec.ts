import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { ExaminationAnswer, RebuildAnswer } from '#libs/routes';

import { DataFolder } from './harness/data-folder.js';
import { indexerKillPoints } from './harness/kill-point.js';
import { askedKills, long, random, seed } from './harness/killing.js';
import { NoteWriters } from './harness/note-writers.js';
import { Operator, until } from './harness/outside.js';
import { PlatformProcess, type Environment } from './harness/platform-process.js';
import type { Fate } from './harness/topology.js';

const kills = Math.max(4, Math.ceil(askedKills / (long ? 4 : 40)));
const WRITERS = 4;
/** The test fails before Jest does, and says what it waited for. */
const HANGING_MS = 900_000;

const folder = new DataFolder();
let running: PlatformProcess | undefined;
let writers: NoteWriters;

const as = (role: 'admin' | 'operator'): Operator =>
  new Operator(() => running?.url ?? 'http://127.0.0.1:1', folder.secret('issuer'), role);

const start = async (fate: Fate = {}, more: Environment = {}): Promise<void> => {
  running = await PlatformProcess.start({ ...folder.settings, ...more }, fate);
};

/** Everything is in records, every signal is done, and the doctor knows of nothing that is not indexed as it is. */
const settled = (): Promise<unknown> =>
  until('everything is in records and in the index', async () => {
    const { json } = await as('operator').get('/api/doctor');
    const { consumers, findings } = json as ExaminationAnswer;
    const ofIndex = findings.filter(({ about }) => about === 'search index');
    return ofIndex.length === 0 && consumers.every(({ behind = 0 }) => behind === 0);
  });

/** The live index beside one that is made of the records now. */
const comparedIndex = async (): Promise<RebuildAnswer> => {
  const { json } = await as('operator').post('/api/rebuilds/knowledge');
  const { id } = json as { id: string };
  return until('the index was compared', async () => {
    const { json: shown } = await as('operator').get(`/api/rebuilds/${id}`);
    const rebuild = shown as RebuildAnswer;
    return ['asked', 'running'].includes(rebuild.state) ? undefined : rebuild;
  });
};

/** Nothing is written again here: what is found is what those who died left, and what the next start made of it. */
const expectAllWell = async (): Promise<void> => {
  await writers.stop();
  await writers.finish();
  await settled();
  await until('what was answered is found', async () => {
    const { wrongly, missing } = await writers.look();
    // The records are as they are told: from now on, at no time.
    expect(wrongly).toEqual([]);
    return missing.length === 0;
  }).catch(async (error: unknown) => {
    expect((await writers.look()).missing).toEqual([]);
    throw error;
  });
  const { state, result } = await comparedIndex();
  expect(result?.comparison.differing).toEqual([]);
  expect([state, result?.comparison.differences]).toEqual(['equal', 0]);
  expect(result?.comparison.records).toBeGreaterThan(0);
};

/** Signals of changes that nobody indexed for so long that they count as backlog (FRESH_MS of knowledge). */
const leaveOldSignals = async (): Promise<void> => {
  await start({}, { INNKEEPER_ROLES: 'webhook-ingest,catalog,api' });
  writers.start(WRITERS);
  await moreShown(12);
  await writers.stop();
  await delay(11_000);
  await running?.end('SIGTERM');
};

/** However slow the machine is, there is something new to lose. */
const moreShown = async (count: number): Promise<void> => {
  const { shown } = writers.counts;
  await until('notes came in', () => Promise.resolve(writers.counts.shown >= shown + count));
};

beforeAll(async () => {
  await start();
  writers = new NoteWriters(as('operator'), as('admin'), random);
}, 60_000);
afterAll(async () => {
  await writers.stop();
  await running?.end('SIGKILL');
  folder.remove();
}, 60_000);

describe(`kill -9 of who indexes (INNKEEPER_TEST_SEED=${seed})`, () => {
  it(
    `leaves the index as the records are, after ${kills} kills while notes are written, removed and erased`,
    async () => {
      writers.start(WRITERS);
      for (let kill = 0; kill < kills; kill++) {
        await moreShown(1);
        await delay(random() * 2_000);
        await running?.end('SIGKILL');
        if (random() < 0.25) await start({ afterMs: random() * 1_500 });
        if (!running?.alive) await start();
      }
      await until('notes were removed and erased', () => {
        const { removed, erased } = writers.counts;
        return Promise.resolve(removed > 0 && erased > 0);
      });
      await expectAllWell();
    },
    kills * 60_000 + HANGING_MS,
  );

  // The short form takes one or two of the points; the seed says which.
  const points = long
    ? indexerKillPoints
    : indexerKillPoints.filter((_, i) => (i + seed) % 4 === 0);

  it.each(points)(
    'leaves it so when killed at %s',
    async (point) => {
      await running?.end('SIGTERM');
      const isWanted = point.includes('wanted');
      if (isWanted) await leaveOldSignals();
      // Old signals are noted in one bundle, which is settled once: there may be no third call.
      const count = isWanted ? 1 + Math.floor(random() * 2) : 2 + Math.floor(random() * 6);
      await start({ at: `${point}:${count}` });
      writers.start(WRITERS);
      await running?.died();
      await start();
      await moreShown(1);
      await expectAllWell();
    },
    HANGING_MS,
  );
});
