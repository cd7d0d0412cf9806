import type { Bench } from './figure.js';
import { deliveryToRecord } from './platform/latency.js';
import { inScratchFolder } from './scratch-folder.js';

export const latency: Bench = {
  name: 'latency',
  means: 'delivery → record at 200/s and 1,000/s, on an empty store',
  run: () =>
    inScratchFolder((folder) => deliveryToRecord(folder, { from: 0, stored: 'new store' })),
};
