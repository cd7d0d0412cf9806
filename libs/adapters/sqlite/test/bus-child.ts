/**
 * A process for the bus specs to kill. Usage: bus-child publish|consume PATH TOPIC-JSON. `publish` prints the number
 * of each message once it is durable, without end. `consume` finishes two batches, prints `acked` once that is
 * durable and `working <body>…` for the third.
 */
import { setImmediate as turn } from 'node:timers/promises';

import type { Subscription } from '#libs/contracts';
import { systemClock, textOf, utf8 } from '#libs/kernel';
import { SqliteDatabase, sqliteBus } from '#libs/adapters/sqlite';

const [mode, path = '', declared = '{}'] = process.argv.slice(2);
const subscription = JSON.parse(declared) as Subscription;
const bus = sqliteBus({ database: new SqliteDatabase(path), clock: systemClock });
const say = (line: string) => process.stdout.write(`${line}\n`);

const publishWithoutEnd = async () => {
  for (let n = 0; ; n++) {
    await bus.publish(subscription.topic, [{ data: utf8(`m${n}`), attributes: {} }]);
    say(`${n}`);
  }
};

const consumeTwoBatches = async () => {
  const { waiting: all } = await bus.backlog(subscription);
  let batches = 0;
  await bus.consume(subscription, async (messages) => {
    if (++batches <= 2) return messages.map(() => ({ outcome: 'done' }));
    while ((await bus.backlog(subscription)).waiting > all - 2 * subscription.batch) await turn();
    say(`working ${messages.map(({ data }) => textOf(data)).join(' ')}`);
    setInterval(() => undefined, 1_000);
    return new Promise(() => undefined);
  });
};

await (mode === 'publish' ? publishWithoutEnd() : consumeTwoBatches());
