import type { BackupsParts } from '../../backups-parts.js';
import { isGood, type BackupRun, type RunSource } from '../backup-run.js';
import { newestOf, readRun } from '../run-documents.js';
import { takeTarget } from '../run-target.js';
import { MINUTE_MS, type StepOfRun } from '../run-work.js';

/** Daily runs read all of the content once in so many days. */
export const CHECK_PARTS = 20;

/** One at a time, and not more of them than was allowed. */
export const admitRun: StepOfRun = {
  limitMs: MINUTE_MS,
  work: async ({ parts, run, hold }) => {
    const { id, kind } = run();
    const proved = kind === 'drill' ? await provedBy(parts, run()) : undefined;
    if (kind === 'drill' && !proved) return { is: 'refused', code: 'BACKUP_NOT_FOUND' };
    await hold();
    const target = await takeTarget(parts, id);
    if (!target.taken) return { is: 'refused', code: target.code };
    return {
      ...{ is: 'admitted', admission: target.admission },
      sources: proved?.sources ?? sourcesOf(parts),
      ...((kind === 'daily' || kind === 'weekly') && {
        checkPart: (target.parts % CHECK_PARTS) + 1,
      }),
      ...(proved && { drillOf: proved.id }),
      ...(parts.servers && { worksOn: 'server' }),
    };
  },
};

const provedBy = async (
  parts: BackupsParts,
  { drillOf }: BackupRun,
): Promise<BackupRun | undefined> => {
  if (drillOf === undefined) return newestOf(parts, 'good');
  const stored = await readRun(parts, drillOf);
  return stored && (isGood(stored.run) || stored.run.drill) ? stored.run : undefined;
};

const sourcesOf = ({ sources }: BackupsParts): readonly RunSource[] =>
  sources.map(({ name, kind }) => ({
    ...{ name, kind, files: 0, bytes: 0, addedBytes: 0 },
    repository: kind === 'keys' ? 'keys' : 'data',
  }));
