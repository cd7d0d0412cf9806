/** Takes one job of a kind and never ends it, for a spec to kill. usage: hang-in-job URL ENVIRONMENT KIND-JSON */
import { bullmqJobQueue } from '#libs/adapters/bullmq';
import type { JobKind } from '#libs/contracts';
import { Secret } from '#libs/kernel';

const [url = '', environment = '', kind = '{}'] = process.argv.slice(2);
const queue = bullmqJobQueue({ url: new Secret(url), environment, times: { lockMs: 1_000 } });
await queue.work(JSON.parse(kind) as JobKind, (run) => {
  process.stdout.write(`${run.key} ${run.attempt}\n`);
  return new Promise(() => undefined);
});
