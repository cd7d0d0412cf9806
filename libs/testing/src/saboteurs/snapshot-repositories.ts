import type { SnapshotRepository } from '#libs/ports/snapshot-repository';

import type { MemoryRepository } from '../fakes/backups/memory-repository.js';

const changed = (
  inner: MemoryRepository,
  change: Partial<SnapshotRepository>,
): SnapshotRepository => ({
  prepare: (watch) => inner.prepare(watch),
  save: (folders, watch) => inner.save(folders, watch),
  list: (watch) => inner.list(watch),
  check: (depth, watch) => inner.check(depth, watch),
  restore: (order, watch) => inner.restore(order, watch),
  remove: (ids, watch) => inner.remove(ids, watch),
  prune: (watch) => inner.prune(watch),
  ...change,
});

/** Saves what is there and says nothing of what is not, as restic does before 0.19. */
export const repositorySkippingMissing = (inner: MemoryRepository): SnapshotRepository =>
  changed(inner, {
    save: (folders, watch) => {
      const paths = folders.paths.filter((path) => inner.disk.has(path));
      return inner.save(paths.length > 0 ? { ...folders, paths } : folders, watch);
    },
  });

/** Takes every lock for one that was left behind. */
export const repositoryBreakingLocks = (inner: MemoryRepository): SnapshotRepository =>
  changed(inner, {
    prune: (watch) => {
      inner.vault.locks.clear();
      return inner.prune(watch);
    },
  });

/** Removes by what a snapshot is called, and with it others that are called so. */
export const repositoryRemovingByName = (inner: MemoryRepository): SnapshotRepository =>
  changed(inner, {
    remove: (ids, watch) => {
      const nameOf = (paths: readonly string[]): string => paths.join(' ');
      const named = inner.vault.snapshots
        .filter(({ snapshot }) => ids.includes(snapshot.id))
        .map(({ snapshot }) => nameOf(snapshot.paths));
      const others = inner.vault.snapshots
        .filter(({ snapshot }) => named.includes(nameOf(snapshot.paths)))
        .map(({ snapshot }) => snapshot.id);
      return inner.remove([...ids, ...others], watch);
    },
  });
