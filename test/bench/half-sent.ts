import { setTimeout as delay } from 'node:timers/promises';

import { atMost, percentile, type BenchOptions, type Figure } from './figure.js';
import { send } from './load/send.js';
import { sendHalves } from './load/send-halves.js';
import { MeasuredPlatform } from './platform/measured-platform.js';
import { inScratchFolder } from './scratch-folder.js';

const SENDERS = 500;
const REAL_A_SECOND = 20;
const SECONDS = 30;
const WARM_UP_SECONDS = 5;
const MIB = 1_048_576;
/** The budget of bodies is 64 MiB; the rest is what the collector has not freed yet. */
const MOST_MORE = 192;

/** Strangers who stop in the middle of large bodies, again and again, while real posts come. */
export const halfSentBesideReal = ({ progress }: BenchOptions): Promise<readonly Figure[]> =>
  inScratchFolder(async (folder) => {
    const platform = await MeasuredPlatform.start({ folder });
    const { url, token } = platform;
    const real = (seconds: number, from: number) =>
      send({ url, token, clients: 8, seconds, from, rate: REAL_A_SECOND });
    try {
      await platform.open();
      const warm = await real(WARM_UP_SECONDS, 0);
      const before = (await platform.collected()).rss;
      progress(`${SENDERS} half-sent posts for ${SECONDS} s`);
      const stop = sendHalves({ url, senders: SENDERS });
      const watch = watchedMemory(platform);
      const sent = await real(SECONDS, warm.dueAt.length);
      const most = await watch.stop();
      const { statuses } = await stop();
      const untold = Object.entries(statuses)
        .filter(([status]) => status !== '408' && status !== '503')
        .reduce((sum, [, count]) => sum + count, 0);
      return [
        atMost('half-sent: real posts refused', sent.failed, 'posts', 0),
        atMost('half-sent: real posts, p99', percentile(sent.latencies, 0.99), 'ms', 1_000),
        atMost('half-sent: memory beyond before', (most - before) / MIB, 'MiB', MOST_MORE),
        atMost('half-sent: let go without an answer', untold, 'senders', 0),
      ];
    } finally {
      await platform.stop();
    }
  });

const watchedMemory = (platform: MeasuredPlatform) => {
  const ended = new AbortController();
  const most = (async () => {
    let rss = 0;
    while (!ended.signal.aborted) {
      rss = Math.max(rss, (await platform.usage()).rss);
      await delay(100);
    }
    return rss;
  })();
  return {
    stop: (): Promise<number> => {
      ended.abort();
      return most;
    },
  };
};
