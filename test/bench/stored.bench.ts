import { atMost, type Bench } from './figure.js';
import { drained } from './platform/drained.js';
import { deliveryToRecord } from './platform/latency.js';
import { publishDeliveries } from './platform/waiting-deliveries.js';
import { inScratchFolder } from './scratch-folder.js';

const STEP = 10_000;
const CHUNK = 100_000;

/** Two steps: the first warms up, the second is measured. */
const costOfNext = async (folder: string, from: number): Promise<number> => {
  await publishDeliveries(folder, from, 2 * STEP);
  const { steps } = await drained(folder, 2 * STEP, { step: STEP });
  const [warm, end] = steps;
  return warm && end ? ((end.cpuMs - warm.cpuMs) / STEP) * 1000 : Number.NaN;
};

const fill = async (folder: string, from: number, to: number): Promise<void> => {
  for (let at = from; at < to; at += CHUNK) {
    const count = Math.min(CHUNK, to - at);
    await publishDeliveries(folder, at, count);
    await drained(folder, count, { step: count });
  }
};

export const stored: Bench = {
  name: 'stored',
  means: 'what each delivery costs, and how long it takes, when much is stored (--full: a million)',
  run: ({ full, progress }) =>
    inScratchFolder(async (folder) => {
      const many = full ? 1_000_000 : 100_000;
      const words = `${many.toLocaleString('en')} facts stored`;
      const few = await costOfNext(folder, 0);
      progress(`storing ${words}`);
      await fill(folder, 2 * STEP, many);
      const costly = await costOfNext(folder, many);
      return [
        { ...atMost(`CPU per delivery with ${words}, against 10,000`, costly / few, '×', 1.1) },
        ...(await deliveryToRecord(folder, { from: many + 2 * STEP, stored: words })),
      ];
    }),
};
