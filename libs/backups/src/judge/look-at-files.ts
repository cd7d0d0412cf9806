import type { RepositoryFile, RepositoryFileKind, RepositoryFiles } from './repository-files.js';
import type { RepositoryFinding, RepositoryFindingCode } from './verdict.js';

export interface LookedFiles {
  readonly findings: readonly RepositoryFinding[];
  readonly files: readonly RepositoryFile[];
  /** Of all packs. */
  readonly bytes: number;
  /** Whether its program could open it. */
  readonly isRepository: boolean;
}

const damagedCode: Partial<Readonly<Record<RepositoryFileKind, RepositoryFindingCode>>> = {
  index: 'INDEX_DAMAGED',
  key: 'KEY_DAMAGED',
  pack: 'PACK_DAMAGED',
  snapshot: 'SNAPSHOT_DAMAGED',
};

/** Two parts of a cipher, and nothing in between. */
const CONFIG_AT_LEAST_BYTES = 32;

/** What can be told from names, sizes and the digests of everything small. Needs no password. */
export const lookAtFiles = async (
  files: RepositoryFiles,
  signal: AbortSignal,
): Promise<LookedFiles> => {
  const list = await files.list();
  if (!list) return nothingThere('REPOSITORY_MISSING', 'there is no such folder');
  if (list.length === 0) return nothingThere('REPOSITORY_MISSING', 'the folder is empty');
  const of = (kind: RepositoryFileKind) => list.filter((file) => file.kind === kind);
  if (list.every(({ kind }) => kind === 'other' || kind === 'lock'))
    return nothingThere('REPOSITORY_FOREIGN', 'the folder holds something else than a repository');
  const packs = of('pack');
  const small = [...of('key'), ...of('index'), ...of('snapshot')];
  return {
    findings: [
      ...configFindings(of('config')[0]),
      ...keyFindings(of('key')),
      ...contentFindings(packs, of('index'), of('snapshot')),
      ...packs.filter(({ bytes }) => bytes === 0).map(damaged),
      ...(await differing(files, small, signal)),
    ],
    files: list,
    bytes: packs.reduce((sum, { bytes }) => sum + bytes, 0),
    isRepository: of('config').length > 0 && of('key').length > 0,
  };
};

/** Reads every pack. A pack that was cut, swapped or changed by one bit is not what it is called. */
export const lookAtContent = (
  files: RepositoryFiles,
  list: readonly RepositoryFile[],
  signal: AbortSignal,
): Promise<readonly RepositoryFinding[]> =>
  differing(
    files,
    list.filter(({ kind, bytes }) => kind === 'pack' && bytes > 0),
    signal,
  );

const nothingThere = (code: RepositoryFindingCode, detail: string): LookedFiles => ({
  ...{ findings: [{ code, detail }], files: [], bytes: 0, isRepository: false },
});

const configFindings = (config: RepositoryFile | undefined): readonly RepositoryFinding[] => {
  if (!config) return [{ code: 'CONFIG_MISSING', detail: 'the file config is not there' }];
  if (config.bytes >= CONFIG_AT_LEAST_BYTES) return [];
  return [{ code: 'CONFIG_DAMAGED', detail: `the file config has ${config.bytes} bytes` }];
};

const keyFindings = (keys: readonly RepositoryFile[]): readonly RepositoryFinding[] =>
  keys.length > 0
    ? []
    : [{ code: 'KEY_MISSING', detail: 'no key is there: no password opens it any more' }];

const contentFindings = (
  packs: readonly RepositoryFile[],
  indexes: readonly RepositoryFile[],
  snapshots: readonly RepositoryFile[],
): readonly RepositoryFinding[] => {
  if (snapshots.length > 0 && packs.length === 0)
    return [{ code: 'PACK_MISSING', detail: 'every pack is gone, and snapshots are left' }];
  if (packs.length > 0 && indexes.length === 0)
    return [{ code: 'INDEX_MISSING', detail: 'no index is there, and packs are' }];
  return [];
};

const damaged = (file: RepositoryFile): RepositoryFinding => ({
  code: damagedCode[file.kind] ?? 'REPOSITORY_DAMAGED',
  detail: `${file.kind} ${file.name} (${file.bytes} bytes)`,
});

const differing = async (
  files: RepositoryFiles,
  list: readonly RepositoryFile[],
  signal: AbortSignal,
): Promise<readonly RepositoryFinding[]> => {
  const found: RepositoryFinding[] = [];
  for (const file of list) {
    signal.throwIfAborted();
    // Somebody may remove what is old while we look; what is missed by that is found by the check.
    if ((await files.compare(file, signal)) === 'other') found.push(damaged(file));
  }
  return found;
};
