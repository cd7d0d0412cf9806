/**
 * Another process that writes to a log. Its command line says where the log is and what to write. It prints `ready`
 * and begins at its first line of input. It prints one line of JSON for each answered batch, `[[id, position], …]`, and
 * at last `done`.
 *
 * usage: log sqlite PATH | mongodb URL NAME, then WRITER BATCHES FACTS-PER-BATCH CLIENTS
 */
import { once } from 'node:events';

import { systemClock } from '#libs/kernel';
import type { EventLog } from '#libs/ports/event-log';

import { logDrafts } from './log-drafts.js';

const [kind, ...rest] = process.argv.slice(2);

const open = async (): Promise<{ log: EventLog; close: () => Promise<void> }> => {
  if (kind === 'sqlite') {
    const { SqliteDatabase, sqliteEventLog } = await import('#libs/adapters/sqlite');
    const database = new SqliteDatabase(rest.shift() ?? '');
    return { log: sqliteEventLog({ database, clock: systemClock }), close: () => database.close() };
  }
  const { MongoDatabase, mongodbEventLog } = await import('#libs/adapters/mongodb');
  const [url = '', name = ''] = rest.splice(0, 2);
  const database = new MongoDatabase({ url, name });
  return { log: mongodbEventLog({ database, clock: systemClock }), close: () => database.close() };
};

const { log, close } = await open();
const [writer = '', batches = '0', size = '0', clients = '1'] = rest;
await log.head();
process.stdout.write('ready\n');
await once(process.stdin, 'data');

let next = 0;
const client = async (): Promise<void> => {
  while (next < Number(batches)) {
    const drafts = logDrafts(writer, next++, Number(size));
    const outcomes = await log.observe(drafts);
    const answered = outcomes.map((outcome, i) => [
      drafts[i]?.id,
      'position' in outcome ? outcome.position : 0,
    ]);
    process.stdout.write(`${JSON.stringify(answered)}\n`);
  }
};
await Promise.all(Array.from({ length: Number(clients) }, client));
await close();
process.stdout.write('done\n');
process.stdin.destroy();
