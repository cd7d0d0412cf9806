import { createHash } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { SqliteDatabase, sqliteEventLog } from '#libs/adapters/sqlite';
import { systemClock } from '#libs/kernel';
import {
  checkpointOf,
  hashFact,
  holdsCheckpoint,
  verifyLog,
  type LogTrouble,
} from '#libs/ports/event-log';
import { drafts, type Log } from '#suites/event-log';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** Five commits: 1, 2–6, 7–11, 12–16, 17–21. */
describe('verify, over the log on SQLite', () => {
  let database: SqliteDatabase;
  let log: Log;
  beforeEach(async () => {
    database = new SqliteDatabase(':memory:');
    log = sqliteEventLog({ database, clock: systemClock });
    const personal = Uint8Array.from([1, 2, 3]);
    for (const name of ['a', 'b', 'c', 'd'])
      await log.observe(await drafts(name, 5, { personal, stream: `test/${name}` }));
  });
  afterEach(() => database.close());

  it('finds a log whole, says how far it is, and names its head', async () => {
    const seen: number[] = [];
    const verification = await verifyLog(log, sha256, (position) => seen.push(position));
    expect(verification).toEqual({ whole: true, head: await log.head() });
    expect(seen.at(-1)).toBe(21);
  });

  const changed: readonly (readonly [field: string, sql: string])[] = [
    ['id', "id = x'00000000000080008000000000000001'"],
    ['stream', "stream = 'test/z'"],
    ['version', 'version = 1000'],
    ['type', "type = 'other.v1'"],
    ['era', 'era = era + 1'],
    ['occurred_at', 'occurred_at = occurred_at + 1'],
    ['recorded_at', 'recorded_at = recorded_at + 1'],
    ['meta', "meta = '{}'"],
    ['data', "data = data || ' '"],
    ['personal', 'personal = NULL'],
    ['personal, one bit', "personal = x'010202'"],
    ['hash', "hash = x'00'"],
  ];
  it.each(changed)('names the fact whose %s was changed', async (_, change) => {
    database.exec(`UPDATE log_facts SET ${change} WHERE position = 9`);
    await expectTrouble(9, 'fact_changed');
  });

  const damaged: readonly (readonly [string, string, number, LogTrouble])[] = [
    ['a dropped fact', 'DELETE FROM log_facts WHERE position = 9', 9, 'fact_missing'],
    ['the first fact of a commit', 'DELETE FROM log_facts WHERE position = 7', 7, 'fact_missing'],
    ['the last fact of a commit', 'DELETE FROM log_facts WHERE position = 11', 11, 'fact_missing'],
    ['the very last fact', 'DELETE FROM log_facts WHERE position = 21', 21, 'fact_missing'],
    ['a dropped commit', 'DELETE FROM log_commits WHERE first = 7', 7, 'commit_missing'],
    ['the genesis', 'DELETE FROM log_commits WHERE first = 1', 1, 'commit_missing'],
    ['an empty log', 'DELETE FROM log_commits', 1, 'commit_missing'],
    [
      'two facts in each other’s place',
      `UPDATE log_facts SET position = -1 WHERE position = 8;
       UPDATE log_facts SET position = 8 WHERE position = 10;
       UPDATE log_facts SET position = 10 WHERE position = -1`,
      8,
      'fact_changed',
    ],
    [
      'the hash of a commit',
      "UPDATE log_commits SET hash = x'00' WHERE first = 7",
      7,
      'commit_changed',
    ],
    ['a link', "UPDATE log_commits SET previous_hash = x'00' WHERE first = 7", 7, 'link_changed'],
    ['a smaller count', 'UPDATE log_commits SET count = 4 WHERE first = 7', 7, 'commit_changed'],
    ['a larger count', 'UPDATE log_commits SET count = 6 WHERE first = 7', 7, 'commit_changed'],
    [
      'an era',
      `UPDATE log_commits SET era = era + 1 WHERE first = 7;
       UPDATE log_facts SET era = era + 1 WHERE position BETWEEN 7 AND 11`,
      7,
      'commit_changed',
    ],
  ];
  it.each(damaged)('names the position of %s', async (_, sql, position, trouble) => {
    database.exec(sql);
    await expectTrouble(position, trouble);
  });

  it('names the commit of a fact that was forged together with its hash', async () => {
    const [fact] = await log.read(8, 1);
    if (!fact) throw new Error('no fact');
    const forged = { ...fact, data: '{"name":"forged"}' };
    database
      .sql('UPDATE log_facts SET data = ?, hash = ? WHERE position = 9')
      .run(forged.data, hashFact(sha256, forged));
    await expectTrouble(7, 'commit_changed');
  });

  it('cannot see that the last commits are lost, but whoever has seen them can', async () => {
    const [fact] = await log.read(18, 1);
    if (!fact) throw new Error('no fact');
    const seen = checkpointOf(fact);
    database.exec('DELETE FROM log_facts WHERE position > 16');
    database.exec('DELETE FROM log_commits WHERE first > 12');
    expect(await verifyLog(log, sha256)).toMatchObject({ whole: true, head: { position: 16 } });
    expect(await holdsCheckpoint(log, seen)).toBe(false);
    await log.observe(await drafts('other', 5));
    expect(await verifyLog(log, sha256)).toMatchObject({ whole: true, head: { position: 21 } });
    expect(await holdsCheckpoint(log, seen)).toBe(false);
  });

  it('stops a reader at a fact that is not there', async () => {
    database.exec('DELETE FROM log_facts WHERE position = 9');
    expect(await log.read(1, 7)).toHaveLength(7);
    await expect(log.read(1, 8)).rejects.toMatchObject({
      code: 'LOG_CHAIN_BROKEN',
      details: { position: 9 },
    });
    database.exec('DELETE FROM log_facts WHERE position >= 9');
    await expect(log.read(1, 100)).rejects.toMatchObject({ code: 'LOG_CHAIN_BROKEN' });
  });

  it('refuses to append over a fact that no commit holds', async () => {
    database.exec('DELETE FROM log_commits WHERE first = 17');
    await expect(log.observe(await drafts('e', 1))).rejects.toMatchObject({
      code: 'LOG_CHAIN_BROKEN',
    });
  });

  const expectTrouble = async (position: number, trouble: LogTrouble): Promise<void> =>
    expect(await verifyLog(log, sha256)).toEqual({ whole: false, position, trouble });
});
