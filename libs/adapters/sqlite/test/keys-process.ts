/** Another process with the same keys: seals one plain for each stream when it is told to. */
import { once } from 'node:events';

import { sqliteKeys } from '#libs/adapters/sqlite';
import { fromHex, Secret, toHex, utf8 } from '#libs/kernel';

const [path = '', masterKey = '', count = '0', prefix = ''] = process.argv.slice(2);
const keys = sqliteKeys({ path, masterKey: new Secret(fromHex(masterKey)) });
const streams = Array.from({ length: Number(count) }, (_, i) => `${prefix}/${i}`);

process.stdout.write('ready\n');
await once(process.stdin, 'data');
const sealed = keys.seal(streams.map((stream) => ({ stream, plain: utf8('from elsewhere') })));
process.stdout.write(`${JSON.stringify(sealed.map((bytes) => bytes && toHex(bytes)))}\n`);
keys.close();
process.stdin.destroy();
