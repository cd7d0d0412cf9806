import { fault } from '#libs/kernel';
import type { SavedSnapshot, Snapshot } from '#libs/ports/snapshot-repository';

import type { RunSource } from '../backup-run.js';
import { done, HOUR_MS, type CopyStepWork, type StepOfRun } from '../run-work.js';
import { repositoriesOf } from './repositories.js';

/** `taken:` tells copies of one run apart: what was exported again since is another one. */
const tagsOf = (
  { id, kind }: { readonly id: string; readonly kind: string },
  { name, manifest }: RunSource,
): readonly string[] => [
  ...['innkeeper', `source:${name}`, `kind:${kind}`, `run:${id}`],
  ...(manifest ? [`taken:${manifest.takenAt}`] : []),
];

/** One snapshot of each source. One that is there already, because its answer was lost, is taken as it is. */
export const saveSources: StepOfRun<CopyStepWork> = {
  limitMs: 12 * HOUR_MS,
  work: async (work) => {
    const { parts, run, signal } = work;
    const unsaved = () => run().sources.filter(({ snapshot }) => snapshot === undefined);
    const isHere = async () => (await parts.scratch.leftovers()).includes(run().id);
    // Also where the copy has gone: a snapshot that is replaced has to be known as ours.
    for (const { repository, sources } of repositoriesOf(work)) {
      const missing = sources.filter(({ snapshot }) => snapshot === undefined);
      if (missing.length === 0) continue;
      const snapshots = await parts.repositories[repository].writer.list({ signal });
      for (const source of missing) {
        const saved = savedBefore(work, source, snapshots);
        if (saved) await noteSaved(work, source, saved);
      }
    }
    if (unsaved().length > 0 && !(await isHere())) return { is: 'undone', to: 'export' };
    for (const source of unsaved()) await noteSaved(work, source, await save(work, source));
    return done;
  },
};

const noteSaved = async (
  { note }: CopyStepWork,
  { name, kind }: RunSource,
  { id, files, bytes, addedBytes, unreadable }: SavedSnapshot,
): Promise<void> => {
  // What others have may be closed to us in part. A copy that we wrote is whole, or it is none.
  if (unreadable > 0 && kind !== 'folder')
    throw fault('BACKUP_SOURCE_UNREADABLE', { details: { source: name } });
  const warnings = unreadable > 0 ? [unreadableWarning(name, unreadable)] : [];
  await note({ sources: [{ name, snapshot: id, files, bytes, addedBytes }], warnings });
};

const unreadableWarning = (name: string, unreadable: number) => ({
  code: 'BACKUP_SOURCE_UNREADABLE',
  step: 'save' as const,
  detail: `${name}: ${unreadable} files`,
});

const save = async (
  { parts, run, signal, hold, progress }: CopyStepWork,
  source: RunSource,
): Promise<SavedSnapshot> => {
  await hold();
  const { name, repository, paths = [] } = source;
  return parts.repositories[repository].writer.save(
    { paths, tags: tagsOf(run(), source), host: parts.host },
    { signal, onProgress: (amount) => progress({ of: name, ...amount }) },
  );
};

/** Of this very copy: a log must not be kept with keys that are older than it. */
const savedBefore = (
  { parts, run }: CopyStepWork,
  source: RunSource,
  snapshots: readonly Snapshot[],
): SavedSnapshot | undefined => {
  const { manifest } = source;
  if (!manifest) return undefined;
  const wanted = tagsOf(run(), source);
  const found = snapshots.findLast(
    ({ host, tags }) => host === parts.host && wanted.every((tag) => tags.includes(tag)),
  );
  if (!found) return undefined;
  const { files = source.files, bytes = source.bytes } = found.content ?? {};
  // How many could not be read was in the answer that was lost.
  const unreadable = Math.max(0, manifest.files - files);
  return { id: found.id, files, bytes, addedBytes: source.addedBytes, unreadable };
};
