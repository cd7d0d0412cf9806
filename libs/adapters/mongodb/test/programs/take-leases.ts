/** usage: URL DATABASE TTL-MS TIMES SKEW-MS ; takes one lease again and again, never gives it back. */
import { setTimeout as delay } from 'node:timers/promises';

import { MongoDatabase, mongodbLeases } from '#libs/adapters/mongodb';

const [url = '', name = '', ttlMs = '', times = '', skew = ''] = process.argv.slice(2);

// The whole process believes in a wrong time, the driver too.
const RealDate = Date;
const shifted = () => RealDate.now() + Number(skew);
globalThis.Date = class extends RealDate {
  constructor(...given: [] | [number]) {
    super(given.length === 0 ? shifted() : given[0]);
  }
  static override now = shifted;
} as DateConstructor;

const database = new MongoDatabase({ url, name });
const leases = mongodbLeases({ database });
const terms: number[] = [];
while (terms.length < Number(times)) {
  // A new name each time: its own lease would be given to it again at once.
  const taken = await leases.acquire('contended', `${skew} ${terms.length}`, Number(ttlMs));
  if (taken) terms.push(taken.term);
  else await delay(20);
}
process.stdout.write(`${JSON.stringify(terms)}\n`);
await database.close();
