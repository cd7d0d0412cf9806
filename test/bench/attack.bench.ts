import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import {
  atLeast,
  atMost,
  percentile,
  type Bench,
  type BenchOptions,
  type Figure,
} from './figure.js';
import { halfSentBesideReal } from './half-sent.js';
import { send } from './load/send.js';
import { MeasuredPlatform } from './platform/measured-platform.js';
import { inScratchFolder } from './scratch-folder.js';

const JUNK_A_SECOND = 10_000;
const REAL_A_SECOND = 20;
const SECONDS = 60;
const WARM_UP_SECONDS = 5;
/** The default of INNKEEPER_QUARANTINE_MAX_BYTES. */
const CAP = 100 * 1024 * 1024;

export const attack: Bench = {
  name: 'attack',
  means: `${JUNK_A_SECOND.toLocaleString('en')} posts a second that prove nothing, then 500 half-sent ones, while real ones come`,
  run: async (options) => [
    ...(await junkBesideReal(options)),
    ...(await halfSentBesideReal(options)),
  ],
};

const junkBesideReal = ({ progress }: BenchOptions): Promise<readonly Figure[]> =>
  inScratchFolder(async (folder) => {
    const platform = await MeasuredPlatform.start({ folder });
    const { url, token } = platform;
    // As long as the right one, so that a post costs the same until the proof.
    const wrong = 'x'.repeat(token.length);
    const both = async (seconds: number, from: number) =>
      Promise.all([
        send({ url, token, clients: 8, seconds, from, rate: REAL_A_SECOND }),
        send({ url, token: wrong, clients: 64, seconds, from: 1_000_000, rate: JUNK_A_SECOND }),
      ]);
    try {
      await platform.open();
      const [warm] = await both(WARM_UP_SECONDS, 0);
      const before = await platform.collected();
      progress(`attacking for ${SECONDS} s`);
      const [real, junk] = await both(SECONDS, warm.dueAt.length);
      const after = await platform.collected();
      return [
        atLeast('attack: junk refused', junk.failed / junk.seconds, '/s', JUNK_A_SECOND * 0.99),
        atMost('attack: real posts refused', real.failed, 'posts', 0),
        atMost('attack: real posts, p99', percentile(real.latencies, 0.99), 'ms', 1_000),
        atMost('attack: heap after against before', after.heapUsed / before.heapUsed, '×', 1.2),
        atMost('attack: quarantine', quarantinedBytes(folder) / 1_048_576, 'MiB', CAP / 1_048_576),
      ];
    } finally {
      await platform.stop();
    }
  });

const quarantinedBytes = (folder: string): number => {
  const database = new DatabaseSync(join(folder, 'innkeeper.db'), { readOnly: true });
  try {
    const row = database
      .prepare('SELECT coalesce(sum(length(bytes)), 0) AS bytes FROM documents_quarantine')
      .get() as { bytes: number };
    return row.bytes;
  } finally {
    database.close();
  }
};
