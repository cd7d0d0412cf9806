import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { startBareDoor } from './bare/bare-door.js';
import { beside, median, type Bench } from './figure.js';
import { send } from './load/send.js';
import { MeasuredPlatform } from './platform/measured-platform.js';
import { inScratchFolder } from './scratch-folder.js';

const CLIENTS = 64;
const PAIRS = 5;
const WARM_UP_SECONDS = 3;
const SECONDS = 4;

export const door: Bench = {
  name: 'door',
  means:
    'signed post → durable → 2xx, the door with its consumer held, 64 clients, against bare Fastify',
  run: ({ progress }) =>
    inScratchFolder(async (folder) => {
      const data = join(folder, 'data');
      mkdirSync(data);
      const platform = await MeasuredPlatform.start({ folder: data, roles: 'webhook-ingest' });
      const bare = await startBareDoor(join(folder, 'bare.db'));
      let from = 0;
      const rate = async (url: string, seconds: number): Promise<number> => {
        const { token } = platform;
        const sent = await send({ url, token, clients: CLIENTS, seconds, from });
        from += sent.answered + sent.failed;
        if (sent.failed > 0) throw new Error(`${sent.failed} posts were refused`);
        return sent.answered / sent.seconds;
      };
      try {
        await rate(platform.url, WARM_UP_SECONDS);
        await rate(bare.url, WARM_UP_SECONDS);
        const pairs: { ours: number; limit: number; ratio: number }[] = [];
        for (let pair = 1; pair <= PAIRS; pair++) {
          const ours = await rate(platform.url, SECONDS);
          const limit = await rate(bare.url, SECONDS);
          pairs.push({ ours, limit, ratio: ours / limit });
          progress(`pair ${pair}: ${ours.toFixed(0)}/s against ${limit.toFixed(0)}/s`);
        }
        return [
          beside(
            'door alone, 64 clients (median of five pairs)',
            '/s',
            {
              value: median(pairs.map(({ ours }) => ours)),
              limit: median(pairs.map(({ limit }) => limit)),
              ratio: median(pairs.map(({ ratio }) => ratio)),
            },
            0.7,
          ),
        ];
      } finally {
        await Promise.all([platform.stop(), bare.stop()]);
      }
    }),
};
