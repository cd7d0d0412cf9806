/** Takes one job of a kind and never ends it, for a spec to kill. usage: hang-in-job PATH KIND-JSON */
import { SqliteDatabase, sqliteJobQueue } from '#libs/adapters/sqlite';
import type { JobKind } from '#libs/contracts';
import { systemClock } from '#libs/kernel';

const [path = '', kind = '{}'] = process.argv.slice(2);
const queue = sqliteJobQueue({ database: new SqliteDatabase(path), clock: systemClock });
await queue.work(JSON.parse(kind) as JobKind, (run) => {
  process.stdout.write(`${run.key} ${run.attempt}\n`);
  setInterval(() => undefined, 1_000);
  return new Promise(() => undefined);
});
