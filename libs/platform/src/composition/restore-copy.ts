import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';

import type { SetSnapshot } from '#libs/backups';
import { fault, systemClock } from '#libs/kernel';
import {
  MANIFEST_FILE,
  manifestIn,
  type BackupManifest,
  type RestoredSource,
  type SourceProof,
} from '#libs/ports/backup-source';
import type { RepositoryProgress, SnapshotRepository } from '#libs/ports/snapshot-repository';

export interface RestoreWatch {
  readonly signal: AbortSignal;
  readonly onStage?: (stage: RestoreStage, source: string) => void;
  readonly onProgress?: (source: string, progress: RepositoryProgress) => void;
}

export type RestoreStage = 'restore' | 'compare' | 'load';

/** One source that came back. */
export interface RestoredCopy {
  readonly snapshot: SetSnapshot;
  readonly manifest?: BackupManifest;
  readonly files: number;
  readonly bytes: number;
  /** How it differs from what was saved. Empty: it is the same. */
  readonly differences: SourceProof['differences'];
}

export interface CopyOrder {
  readonly repository: SnapshotRepository;
  readonly snapshot: SetSnapshot;
  /** Where restic writes; on the same disk as `to`. */
  readonly work: string;
  /** Not there yet. Afterwards `copy/` in it has the manifest, and `files/` what was saved where it lay. */
  readonly to: string;
}

/** Brings a whole source back, and compares it with what it says of itself. */
export const restoreCopy = async (
  { repository, snapshot, work, to }: CopyOrder,
  watch: RestoreWatch,
): Promise<RestoredCopy> => {
  const { source } = snapshot;
  watch.onStage?.('restore', source);
  await mkdir(work, { recursive: true, mode: 0o700 });
  const { places, files, bytes } = await repository.restore(
    { snapshot: snapshot.id, to: work },
    {
      signal: watch.signal,
      onProgress: (progress) => watch.onProgress?.(source, progress),
    },
  );
  const restored = await arranged(Object.values(places), { source, work, to });
  watch.onStage?.('compare', source);
  const manifest = await readManifestIn(restored.folder);
  const differences = await differencesOf(source, manifest, restored, watch);
  return { snapshot, files, bytes, differences, ...(manifest && { manifest }) };
};

/** Of all folders in it, that of our own making is `copy`. It is moved first: another one may lie around it. */
const arranged = async (
  places: readonly string[],
  { source, work, to }: { readonly source: string; readonly work: string; readonly to: string },
): Promise<RestoredSource> => {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const inside = places.filter((place) => resolve(place).startsWith(resolve(work) + sep));
  let own: string | undefined;
  for (const place of inside) if ((await readManifestIn(place))?.source === source) own ??= place;
  const [copy, rest] = [join(to, 'copy'), join(to, 'files')];
  if (own === undefined) await mkdir(copy, { mode: 0o700 });
  else await rename(own, copy);
  const others = inside.filter((place) => place !== own && existsSync(place));
  for (const [at, place] of others.entries())
    await rename(place, at === 0 ? rest : `${rest}-${at + 1}`);
  return { folder: copy, places: others.length > 0 ? { files: rest } : {}, scratch: work };
};

export const readManifestIn = async (folder: string): Promise<BackupManifest | undefined> => {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : manifestIn(text);
};

/** A restore starts nothing: databases are compared as they lie in their files. */
export const differencesOf = async (
  source: string,
  manifest: BackupManifest | undefined,
  restored: RestoredSource,
  { signal }: RestoreWatch,
): Promise<SourceProof['differences']> => {
  if (!manifest) return [{ code: 'MANIFEST_UNREADABLE', detail: `source=${source}` }];
  const { kind } = manifest;
  const watch = { signal };
  if (kind === 'folder') {
    const { folderSource } = await import('#libs/adapters/local-files');
    const proved = folderSource({ name: source, folder: '', clock: systemClock });
    return (await proved.prove(restored, watch)).differences;
  }
  if (isDump(restored.folder)) {
    const { proveDump } = await import('#libs/adapters/mongodb');
    return (await proveDump({ name: source, kind }, restored, watch)).differences;
  }
  const file = databaseFiles[kind];
  if (file === undefined) throw fault('BACKUP_DRILL_FAILED', { details: { source } });
  const { proveDatabase } = await import('#libs/adapters/sqlite');
  return (await proveDatabase({ source, kind, file }, restored, watch)).differences;
};

const databaseFiles: Partial<Record<BackupManifest['kind'], string>> = {
  innkeeper: 'innkeeper.db',
  keys: 'keys.db',
};

/** Copied from MongoDB; else it is a file of SQLite. */
export const isDump = (copy: string): boolean => existsSync(join(copy, 'dump'));

/** Only what lies at a path of the source: from the folder that was saved, or from its whole path as it was. */
export const restorePath = async (
  { repository, snapshot, work, to }: CopyOrder,
  path: string,
  watch: RestoreWatch,
): Promise<{ readonly name: string; readonly files: number; readonly bytes: number }> => {
  const { source, paths } = snapshot;
  watch.onStage?.('restore', source);
  for (const [at, wanted] of pathsIn(paths, path).entries()) {
    const folder = join(work, String(at));
    try {
      const { places, files, bytes } = await repository.restore(
        { snapshot: snapshot.id, to: folder, path: wanted },
        {
          signal: watch.signal,
          onProgress: (progress) => watch.onProgress?.(source, progress),
        },
      );
      const name = basename(wanted) || 'root';
      await mkdir(to, { recursive: true, mode: 0o700 });
      await rename(places[wanted] ?? folder, join(to, name));
      return { name, files, bytes };
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'BACKUP_NOT_FOUND') throw error;
    }
  }
  throw fault('BACKUP_PATH_NOT_FOUND', { details: { source } });
};

const pathsIn = (saved: readonly string[], path: string): readonly string[] => {
  const isWhole = saved.some((folder) => path === folder || path.startsWith(`${folder}/`));
  if (isWhole) return [resolve(path)];
  // The copy of ours comes first; a person means the other one.
  return [...saved].reverse().map((folder) => resolve(folder, path.replace(/^\/+/, '')));
};
