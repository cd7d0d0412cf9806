import { DatabaseSync } from 'node:sqlite';

import Fastify from 'fastify';

import { PRAGMAS } from './pragmas.js';

/** The least a durable door can be: takes the bytes, commits those of one turn together, answers. */
const [path = ':memory:'] = process.argv.slice(2);
const database = new DatabaseSync(path);
database.exec(
  `${PRAGMAS} CREATE TABLE messages (seq INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT`,
);
const insert = database.prepare('INSERT INTO messages (data) VALUES (?)');

/** As many bytes as the platform writes beside a body: its line of 268 and the message's attributes, 117. */
const LINE = Buffer.alloc(385, 32);
const ID = '01990000-0000-8000-8000-000000000000';

interface Queued {
  readonly data: Uint8Array;
  readonly done: () => void;
}

let queue: Queued[] = [];
const flush = (): void => {
  const group = queue;
  queue = [];
  database.exec('BEGIN IMMEDIATE');
  for (const { data } of group) insert.run(data);
  database.exec('COMMIT');
  for (const { done } of group) done();
};
const durable = (data: Uint8Array): Promise<void> =>
  new Promise((done) => {
    if (queue.push({ data, done }) === 1) setImmediate(flush);
  });

const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) =>
  parsed(null, body),
);
app.post('/webhooks/aircall', async (request) => {
  await durable(Buffer.concat([LINE, request.body as Buffer]));
  return { status: 'received', id: ID };
});
process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }));
