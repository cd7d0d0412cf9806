/**
 * Another process that competes for documents. It begins when it is told to. It prints as JSON the outcomes of its
 * fenced puts (`[position, outcome]`) and how often its compare-and-set of one counter won.
 *
 * usage: URL DATABASE FIRST STEP PUTS SWAPS
 */
import { once } from 'node:events';

import { MongoDatabase, mongodbDocuments } from '#libs/adapters/mongodb';
import { systemClock } from '#libs/kernel';

const [url = '', name = '', ...numbers] = process.argv.slice(2);
const [first = 0, step = 1, puts = 0, swaps = 0] = numbers.map(Number);
const database = new MongoDatabase({ url, name });
const documents = mongodbDocuments({ database, clock: systemClock });
const collection = { name: 'contended', fields: ['count'] };

const put = async (position: number): Promise<readonly [number, string | undefined]> => {
  const document = { id: 'fenced', body: { position }, fence: { era: 1, position } };
  return [position, (await documents.put(collection, [document]))[0]];
};

/** Adds one, as often as others come in between. */
const add = async (): Promise<void> => {
  for (;;) {
    const [stored] = await documents.get(collection, ['counter']);
    const count = Number(stored?.body ?? 0) + 1;
    const swap = { id: 'counter', body: count, fields: { count } };
    if ((await documents.swap(collection, swap, stored?.version ?? 0)).swapped) return;
  }
};

process.stdout.write('ready\n');
await once(process.stdin, 'data');
const outcomes = await Promise.all(Array.from({ length: puts }, (_, i) => put(first + i * step)));
for (let done = 0; done < swaps; done++) await add();
process.stdout.write(`${JSON.stringify(outcomes)}\n`);
await database.close();
process.stdin.destroy();
