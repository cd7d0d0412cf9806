import { once } from 'node:events';
import { join } from 'node:path';

import type { ChangeStreamDocument } from 'mongodb';

import type { FactObservation } from '#libs/journal';

import { BareLog } from '../log/bare-log.js';
import { ChatSource, type BenchMessage } from './chat-source.js';

/** The driver's own loops, and an append: they do nothing else. In a process of their own, as the platform is. */
const [url = '', database = '', folder = '', work = '', count = '0'] = process.argv.slice(2);

const BATCH = 200;
const id = '01990000-0000-8000-8000-000000000000';
const meta = { causationId: id, correlationId: id, source: 'rocketchat/main' };

const observationOf = ({ _id, rid, msg, ts, u }: BenchMessage): FactObservation => ({
  type: 'intake.chat_message.observed.v1',
  stream: `chat_message/rocketchat.main.${_id}`,
  occurredAt: ts.getTime(),
  data: { author: u._id, message: _id, room: rid, event: 'observed', normaliser: 1, rank: 0 },
  personal: { authorName: u.name, text: msg },
  meta,
});

/** In commits of one size, as a batch of the platform is one. */
class Appended {
  #batch: FactObservation[] = [];
  #count = 0;

  constructor(private readonly log: BareLog) {}

  get count(): number {
    return this.#count;
  }

  add(message: BenchMessage): void {
    this.#count++;
    if (this.#batch.push(observationOf(message)) === BATCH) this.flush();
  }

  flush(): void {
    if (this.#batch.length > 0) this.log.append(this.#batch);
    this.#batch = [];
  }
}

const told = async (): Promise<void> => {
  process.send?.('ready');
  await once(process, 'message');
};

const source = new ChatSource(url, database);
const log = new BareLog(join(folder, `bare-${work}.db`));
const appended = new Appended(log);

const snapshot = async (): Promise<void> => {
  await source.messages.findOne();
  await told();
  for await (const message of source.messages.find({}, { batchSize: 1_000 })) appended.add(message);
};

const follow = async (): Promise<void> => {
  const stream = source.messages.watch([], { fullDocument: 'updateLookup', batchSize: 1_000 });
  await stream.tryNext();
  await told();
  while (appended.count < Number(count)) {
    const change: ChangeStreamDocument<BenchMessage> = await stream.next();
    if ('fullDocument' in change && change.fullDocument) appended.add(change.fullDocument);
  }
  await stream.close();
};

await (work === 'snapshot' ? snapshot() : follow());
appended.flush();
process.send?.('done');
log.close();
await source.close();
process.disconnect();
