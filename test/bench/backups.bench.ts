import type { Bench } from './figure.js';

/** Each figure in a file of its own under `backups/`, in the order in which they are told. */
const figures: readonly Bench['run'][] = [];

export const backups: Bench = {
  name: 'backups',
  means: 'saving and restoring a tree beside bare restic, exporting the log beside the door',
  run: async (options) => {
    const measured = [];
    for (const figure of figures) measured.push(...(await figure(options)));
    return measured;
  },
};
