import { atLeast, atMost, type Bench, type Figure } from './figure.js';
import { drained, type Drained } from './platform/drained.js';
import { publishDeliveries } from './platform/waiting-deliveries.js';
import { inScratchFolder } from './scratch-folder.js';

const COUNT = 100_000;
const MEBIBYTE = 1024 * 1024;
/** Of the heap after a quarter of the work: what caches may still fill up by. */
const FLAT = 1.1;

export const drain: Bench = {
  name: 'drain',
  means: 'delivery → record: 100,000 waiting deliveries, a new stream each, every role',
  run: ({ progress }) =>
    inScratchFolder(async (folder) => {
      progress(`publishing ${COUNT} deliveries`);
      await publishDeliveries(folder, 0, COUNT);
      progress('draining them');
      const steps = await drained(folder, COUNT, { step: COUNT / 4, collects: true });
      return figuresOf(steps);
    }),
};

const figuresOf = ({ start, steps }: Drained): Figure[] => {
  const end = steps.at(-1) ?? start;
  const [quarter = start] = steps;
  const most = Math.max(...steps.map(({ rss }) => rss));
  return [
    atLeast('delivery → record, drained', (COUNT / (end.at - start.at)) * 1000, '/s', 5_000),
    atMost('delivery → record, CPU each', ((end.cpuMs - start.cpuMs) / COUNT) * 1000, 'µs', 200),
    atMost('delivery → record, memory', most / MEBIBYTE, 'MiB', 400),
    atMost(
      'delivery → record, heap at the end against a quarter',
      end.heapUsed / quarter.heapUsed,
      '×',
      FLAT,
    ),
  ];
};
