import { fault } from '#libs/kernel';
import type { SavedSnapshot, Snapshot } from '#libs/ports/snapshot-repository';

import type { RunSource } from '../backup-run.js';
import { done, HOUR_MS, type RunWork, type StepOfRun } from '../run-work.js';

export const tagsOf = (
  { id, kind }: { readonly id: string; readonly kind: string },
  source: string,
): readonly string[] => ['innkeeper', `source:${source}`, `kind:${kind}`, `run:${id}`];

/** One snapshot of each source. One that is there already, because its answer was lost, is taken as it is. */
export const saveSources: StepOfRun = {
  limitMs: 12 * HOUR_MS,
  work: async (work) => {
    const { parts, run } = work;
    const unsaved = () => run().sources.filter(({ snapshot }) => snapshot === undefined);
    const isHere = async () => (await parts.scratch.leftovers()).includes(run().id);
    if (unsaved().length > 0 && !(await isHere())) return { is: 'undone', to: 'export' };
    for (const source of unsaved()) {
      const saved = (await savedBefore(work, source)) ?? (await save(work, source));
      const { id, files, bytes, addedBytes, unreadable } = saved;
      const warnings =
        unreadable > 0 && source.kind !== 'keys'
          ? [unreadableWarning(source.name, unreadable)]
          : [];
      if (unreadable > 0 && source.kind === 'keys')
        throw fault('BACKUP_SOURCE_UNREADABLE', { details: { source: source.name } });
      await work.note({
        sources: [{ name: source.name, snapshot: id, files, bytes, addedBytes }],
        warnings,
      });
    }
    return done;
  },
};

const unreadableWarning = (name: string, unreadable: number) => ({
  code: 'BACKUP_SOURCE_UNREADABLE',
  step: 'save' as const,
  detail: `${name}: ${unreadable} files`,
});

const save = async (
  { parts, run, signal, hold, progress }: RunWork,
  { name, repository, paths = [] }: RunSource,
): Promise<SavedSnapshot> => {
  await hold();
  return parts.repositories[repository].writer.save(
    { paths, tags: tagsOf(run(), name), host: parts.host },
    { signal, onProgress: (amount) => progress({ of: name, ...amount }) },
  );
};

const savedBefore = async (
  { parts, run, signal }: RunWork,
  source: RunSource,
): Promise<SavedSnapshot | undefined> => {
  const snapshots = await parts.repositories[source.repository].writer.list({ signal });
  const wanted = tagsOf(run(), source.name);
  const found = snapshots.findLast(
    (snapshot) =>
      snapshot.host === parts.host &&
      wanted.every((tag) => snapshot.tags.includes(tag)) &&
      isOfThisExport(snapshot, source),
  );
  return (
    found && {
      ...{ id: found.id, unreadable: 0, addedBytes: source.addedBytes },
      ...{ files: found.content?.files ?? source.files },
      ...{ bytes: found.content?.bytes ?? source.bytes },
    }
  );
};

/** What was exported again since is another copy: a log must not be kept with keys that are older than it. */
const isOfThisExport = ({ time }: Snapshot, { manifest }: RunSource): boolean =>
  manifest !== undefined && Date.parse(time) >= manifest.takenAt;
