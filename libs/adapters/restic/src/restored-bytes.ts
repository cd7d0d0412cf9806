import { fault } from '#libs/kernel';
import type { RepositoryWatch, Snapshot } from '#libs/ports/snapshot-repository';

import { countAt, messageIn } from './messages.js';
import type { ResticOptions } from './options.js';
import { Restic } from './restic.js';

/** How many bytes a snapshot brings back, for those whose version did not write it down. Reads its trees only. */
export const resticBytes = (
  options: ResticOptions,
): ((snapshot: Pick<Snapshot, 'id'>, watch: RepositoryWatch) => Promise<number>) => {
  const restic = new Restic(options);
  return async ({ id }, watch) => {
    const args = ['stats', '--json', '--mode', 'restore-size', id];
    const { output } = await restic.run({ args, watch, isReading: true });
    const answer = output
      .split('\n')
      .map(messageIn)
      .find((one) => one !== undefined);
    const bytes = answer && countAt(answer, 'total_size');
    if (bytes === undefined)
      throw fault('BACKUP_REPOSITORY_DAMAGED', { details: { snapshot: id } });
    return bytes;
  };
};
