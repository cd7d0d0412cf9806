import type { ListedRepositories, RestorePlan, SetSnapshot } from '#libs/backups';
import { fault } from '#libs/kernel';
import type { SnapshotRepository } from '#libs/ports/snapshot-repository';

import type { BackupPlace } from './backup-places.js';
import { restoreDump, type RestoredDump, type WantedDump } from './restore-dump.js';
import { restoreCopy, restorePath, type RestoredCopy, type RestoreWatch } from './restore-copy.js';
import { restoreEverything, type RestoredEverything } from './restore-everything.js';
import type { RestoreSite } from './restore-site.js';
import { RestoreTarget, targetFault } from './restore-target.js';

export interface RestoreTools {
  /** restic: a path, or a name on the path. */
  readonly program: string;
  /** Of this process: what a program needs to run. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folders that nothing is restored into. */
  readonly living: readonly string[];
  /** How long a repository may be silent. */
  readonly patienceMs?: number;
}

export interface PlacedFiles {
  readonly place: string;
  readonly files: number;
  readonly bytes: number;
}

/** Brings backups back. It needs no platform and no document of a run. Failure leaves nothing behind. */
export interface RestoreDesk {
  readonly restic: { readonly version: string; readonly isOld: boolean };
  readonly lists: (
    wanted: { readonly keys: boolean },
    signal: AbortSignal,
  ) => Promise<ListedRepositories>;
  readonly everything: (
    plan: RestorePlan,
    to: string,
    watch: RestoreWatch,
  ) => Promise<RestoredEverything>;
  readonly source: (
    snapshot: SetSnapshot,
    to: string,
    watch: RestoreWatch,
  ) => Promise<RestoredCopy & { readonly place: string }>;
  /** Only what lies at this path of it. */
  readonly path: (
    order: { readonly snapshot: SetSnapshot; readonly path: string; readonly to: string },
    watch: RestoreWatch,
  ) => Promise<PlacedFiles>;
  /** A database of MongoDB or one collection, of the first source that has it. */
  readonly dump: (
    order: WantedDump & { readonly snapshots: readonly SetSnapshot[]; readonly to: string },
    watch: RestoreWatch,
  ) => Promise<RestoredDump & { readonly place: string }>;
}

/** `BACKUP_RESTIC_MISSING` where nothing could be read. Nothing is reached yet. */
export const openRestore = async (site: RestoreSite, tools: RestoreTools): Promise<RestoreDesk> => {
  const { lookAtRestic, resticRepository } = await import('#libs/adapters/restic');
  const restic = await lookAtRestic(tools.program, tools.environment);
  const at = ({ repository, password, credentials }: BackupPlace): SnapshotRepository => {
    const { environment, patienceMs, program } = tools;
    return resticRepository({
      ...{ program, environment, repository, password },
      ...(credentials && { credentials }),
      ...(patienceMs !== undefined && { patienceMs }),
    });
  };
  return deskOf(restic, site, {
    data: at(site.data),
    ...(site.keys && { keys: at(site.keys) }),
    living: tools.living,
  });
};

interface OpenedSite {
  readonly data: SnapshotRepository;
  readonly keys?: SnapshotRepository;
  readonly living: readonly string[];
}

const deskOf = (
  restic: RestoreDesk['restic'],
  site: RestoreSite,
  { data, keys, living }: OpenedSite,
): RestoreDesk => {
  const repositoryOf = ({ source }: SetSnapshot): SnapshotRepository => {
    const found = source === 'keys' ? keys : data;
    if (!found) throw fault('BACKUP_REPOSITORY_MISSING');
    return found;
  };
  const orderFor = (snapshot: SetSnapshot, target: RestoreTarget) => ({
    ...{ snapshot, repository: repositoryOf(snapshot) },
    work: target.workFolder(snapshot.source),
    to: target.finished('sources', snapshot.source),
  });
  const into = intoTarget(living);
  return {
    restic,
    lists: async (wanted, signal) => ({
      data: await data.list({ signal }),
      ...(wanted.keys && keys && { keys: await keys.list({ signal }) }),
    }),
    everything: (plan, to, watch) =>
      into(to, (target) => restoreEverything({ plan, site, target, orderFor }, watch)),
    source: (snapshot, to, watch) =>
      into(to, async (target) => {
        await target.mustHold(snapshot.bytes ?? 0);
        const copy = await restoreCopy(orderFor(snapshot, target), watch);
        await target.finish();
        return { ...copy, place: target.placeOf('sources', snapshot.source) };
      }),
    path: ({ snapshot, path, to }, watch) =>
      into(to, async (target) => {
        const { name, ...size } = await restorePath(orderFor(snapshot, target), path, watch);
        await target.finish();
        return { ...size, place: target.placeOf('sources', `${snapshot.source}/${name}`) };
      }),
    dump: ({ snapshots, to, ...wanted }, watch) =>
      into(to, async (target) => {
        const orders = snapshots.map((snapshot) => orderFor(snapshot, target));
        const found = await restoreDump(orders, wanted, watch);
        await target.finish();
        return { ...found, place: target.placeOf('sources', found.snapshot.source) };
      }),
  };
};

const intoTarget =
  (living: readonly string[]) =>
  async <T>(to: string, work: (target: RestoreTarget) => Promise<T>): Promise<T> => {
    const target = await RestoreTarget.open(to, living);
    try {
      return await work(target);
    } catch (error) {
      await target.abandon();
      throw targetFault(error);
    }
  };
