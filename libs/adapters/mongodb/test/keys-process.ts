/** Another process with the same keys: seals one plain for each stream when it is told to. */
import { once } from 'node:events';

import { MongoDatabase, mongodbKeys } from '#libs/adapters/mongodb';
import { fromHex, Secret, systemClock, toHex, utf8 } from '#libs/kernel';

const [url = '', name = '', masterKey = '', count = '0', prefix = ''] = process.argv.slice(2);
const database = new MongoDatabase({ url, name });
const keys = await mongodbKeys({
  database,
  masterKey: new Secret(fromHex(masterKey)),
  clock: systemClock,
});
const streams = Array.from({ length: Number(count) }, (_, i) => `${prefix}/${i}`);

process.stdout.write('ready\n');
await once(process.stdin, 'data');
const sealed = await keys.seal(
  streams.map((stream) => ({ stream, plain: utf8('from elsewhere') })),
);
process.stdout.write(`${JSON.stringify(sealed.map((bytes) => bytes && toHex(bytes)))}\n`);
await database.close();
process.stdin.destroy();
