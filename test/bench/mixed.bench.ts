import { atLeast, atMost, beside, median, percentile, type Bench } from './figure.js';
import { send } from './load/send.js';
import { MeasuredPlatform } from './platform/measured-platform.js';
import { inScratchFolder } from './scratch-folder.js';

const CLIENTS = 200;
const PAIRS = 5;
const WARM_UP_SECONDS = 3;
const SECONDS = 4;
const SIGNING = 'whsec_YmVuY2gtYmVuY2gtYmVuY2gtYmVuY2g=';

export const mixed: Bench = {
  name: 'mixed',
  means: `the door with ${CLIENTS} clients of three providers, against Aircall's alone at the same door`,
  run: ({ progress }) =>
    inScratchFolder(async (folder) => {
      const platform = await MeasuredPlatform.start({
        folder,
        roles: 'webhook-ingest',
        signing: SIGNING,
      });
      let from = 0;
      const post = async (kind: 'aircall' | 'mixed', seconds: number) => {
        const { url, token } = platform;
        const load = { url, token, kind, signing: SIGNING, clients: CLIENTS, seconds, from };
        const sent = await send(load);
        from += sent.answered + sent.failed;
        return sent;
      };
      try {
        await post('mixed', WARM_UP_SECONDS);
        const pairs: { ours: number; limit: number }[] = [];
        const latencies: number[] = [];
        let failed = 0;
        for (let pair = 1; pair <= PAIRS; pair++) {
          const several = await post('mixed', SECONDS);
          const alone = await post('aircall', SECONDS);
          failed += several.failed;
          latencies.push(...several.latencies);
          pairs.push({
            ours: several.answered / several.seconds,
            limit: alone.answered / alone.seconds,
          });
          progress(`pair ${pair}`);
        }
        return [
          beside(
            'door, 200 clients of three providers, against one',
            '/s',
            {
              value: median(pairs.map(({ ours }) => ours)),
              limit: median(pairs.map(({ limit }) => limit)),
              ratio: median(pairs.map(({ ours, limit }) => ours / limit)),
            },
            0.7,
          ),
          atMost(
            'door, 200 clients of three providers: p99',
            percentile(latencies, 0.99),
            'ms',
            250,
          ),
          atMost('door, 200 clients of three providers: refused', failed, 'posts', 0),
          atLeast('door, 200 clients of three providers: answered', latencies.length, 'posts', 1),
        ];
      } finally {
        await platform.stop();
      }
    }),
};
