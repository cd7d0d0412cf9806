import { saveAndRestore } from './backups/save-and-restore.js';
import { wholeRun } from './backups/whole-run.js';
import type { Bench, Figure, NotRun } from './figure.js';

/** Each figure in a file of its own under `backups/`, in the order in which they are told. */
const figures: readonly Bench['run'][] = [wholeRun, saveAndRestore];

export const backups: Bench = {
  name: 'backups',
  means: 'a whole run with its drill, and saving and restoring a tree beside bare restic',
  run: async (options) => {
    const measured: (Figure | NotRun)[] = [];
    for (const figure of figures) measured.push(...(await figure(options)));
    return measured;
  },
};
