import { atLeast, atMost, percentile, type Bench } from './figure.js';
import { send } from './load/send.js';
import { MeasuredPlatform } from './platform/measured-platform.js';
import { inScratchFolder } from './scratch-folder.js';

const CLIENTS = 64;
const WARM_UP_SECONDS = 5;
const SECONDS = 20;

export const saturated: Bench = {
  name: 'saturated',
  means: 'the same with every role in one process, as fast as 64 clients are answered',
  run: ({ progress }) =>
    inScratchFolder(async (folder) => {
      const platform = await MeasuredPlatform.start({ folder });
      const { url, token } = platform;
      try {
        await platform.open();
        const warm = await send({
          url,
          token,
          clients: CLIENTS,
          seconds: WARM_UP_SECONDS,
          from: 0,
        });
        const before = await platform.usage();
        progress(`posting for ${SECONDS} s`);
        const load = { url, token, clients: CLIENTS, seconds: SECONDS, from: warm.answered };
        const sent = await send(load);
        const after = await platform.usage();
        const recorded = ((after.recorded - before.recorded) / (after.at - before.at)) * 1000;
        if (warm.failed + sent.failed > 0) throw new Error('posts were refused');
        return [
          atLeast('all roles, saturated: posted', sent.answered / sent.seconds, '/s', 4_000),
          atLeast('all roles, saturated: recorded meanwhile', recorded, '/s', 4_000),
          atMost('all roles, saturated: door p99', percentile(sent.latencies, 0.99), 'ms', 40),
        ];
      } finally {
        await platform.stop();
      }
    }),
};
