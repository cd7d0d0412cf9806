import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { AskedRooms } from './harness/asked-rooms.js';
import { DataFolder } from './harness/data-folder.js';
import { long, random, seed } from './harness/killing.js';
import { notedInFile } from './harness/noted-questions.js';
import { Operator } from './harness/outside.js';
import { PlatformProcess } from './harness/platform-process.js';

const ROUNDS = Number(process.env['INNKEEPER_TEST_ROOM_KILLS'] ?? (long ? 200 : 25));
/** After so many all is compared: what nobody hears of for ten minutes asks nothing any more. */
const COMPARE_EACH = 50;
const DIES_STARTING = 0.2;
/** The test fails before Jest does, and says what it waited for. */
const HANGING_MS = 3_600_000;

describe(`kill -9 while people ask in rooms (INNKEEPER_TEST_SEED=${seed})`, () => {
  const folder = new DataFolder();
  let rooms: AskedRooms;
  let running: PlatformProcess | undefined;

  const url = (): string => running?.url ?? 'http://127.0.0.1:1';

  const start = async (afterMs?: number): Promise<void> => {
    const settings = { ...folder.settings, ...rooms.settings };
    running = await PlatformProcess.start(settings, afterMs === undefined ? {} : { afterMs });
    if (running) rooms.chat.announceTo(running.url);
  };

  const compare = async (): Promise<void> => {
    if (!running?.alive) await start();
    await rooms.settle();
    await rooms.expectOneAnswerEach();
    await running?.end('SIGTERM');
    await folder.inspect((parts) => rooms.expectRatingsTold(parts));
  };

  beforeAll(async () => {
    rooms = await AskedRooms.open(random, () =>
      Promise.resolve(notedInFile(folder.file('innkeeper.db'))),
    );
    await start();
    const issuer = folder.secret('issuer');
    await rooms.prepare(
      new Operator(url, issuer, 'admin'),
      new Operator(url, issuer, 'viewer', 'person.0'),
    );
  }, HANGING_MS);
  afterAll(async () => {
    await running?.end('SIGKILL');
    await rooms.close();
    folder.remove();
  }, 120_000);

  it(
    `gives each question one answer, and none that is stale, in ${ROUNDS} rounds of kills`,
    async () => {
      for (let round = 1; round <= ROUNDS; round++) {
        rooms.chat.chooseHowToDelete();
        rooms.chat.worsen();
        rooms.askers.start();
        if (!running?.alive) await start(random() < DIES_STARTING ? random() * 2_500 : undefined);
        await Promise.all([rooms.chat.stumble(), delay(random() * 2_500)]);
        await running?.end('SIGKILL');
        if (round % COMPARE_EACH === 0 || round === ROUNDS) await compare();
      }
      const { asked, answered } = await rooms.counts();
      expect(answered).toBeGreaterThan(asked / 3);
    },
    HANGING_MS,
  );
});
