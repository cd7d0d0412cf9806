import { saveAndRestore } from './backups/save-and-restore.js';
import type { Bench, Figure, NotRun } from './figure.js';

/** Each figure in a file of its own under `backups/`, in the order in which they are told. */
const figures: readonly Bench['run'][] = [saveAndRestore];

export const backups: Bench = {
  name: 'backups',
  means: 'saving and restoring a tree beside bare restic, exporting the log beside the door',
  run: async (options) => {
    const measured: (Figure | NotRun)[] = [];
    for (const figure of figures) measured.push(...(await figure(options)));
    return measured;
  },
};
