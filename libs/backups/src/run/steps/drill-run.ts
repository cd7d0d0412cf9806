import { canonicalJson, fault } from '#libs/kernel';
import type { BackupManifest, RestoredSource, SourceProof } from '#libs/ports/backup-source';
import type { ScratchOfRun } from '#libs/ports/scratch';

import type { BackupsParts } from '../../backups-parts.js';
import type { PlatformProof } from '../../drill/platform-proof.js';
import { judgeDrill } from '../../drill/judge-drill.js';
import type { BackupRun, RunDrill, RunSource, RunWarning } from '../backup-run.js';
import { changeRun, newestOf } from '../run-documents.js';
import {
  DAY_MS,
  done,
  HOUR_MS,
  type CopyStepWork,
  type RunWork,
  type StepEnd,
  type StepOfRun,
} from '../run-work.js';
import { sourceNamed } from './repositories.js';

/** So long a drill is good for daily runs, which begin within minutes of the same time of day. */
const DRILLED_EVERY_MS = 7 * DAY_MS - HOUR_MS;

/** Restores what was saved, starts what it is of, and compares it with what was written down when it was copied. */
export const drillRun: StepOfRun = {
  limitMs: 12 * HOUR_MS,
  work: async (work) => {
    if (!(await isDrillDue(work))) return done;
    await proveCopies(work);
    return judgeProved(work);
  },
};

/** Restores, starts and compares, and notes what it saw; on any machine. */
export const proveCopies = async (work: CopyStepWork): Promise<void> => {
  const { parts, run } = work;
  const scratch = await work.scratch();
  const beganAt = parts.clock.now();
  const restored = await restoreAll(work, scratch);
  const proofs = await proveAll(work, restored);
  const platform = await startPlatform(work, scratch, restored);
  const ranAt = parts.clock.now();
  const of = run().drillOf ?? run().id;
  const drill = judgeDrill({ of, proofs, ...(platform && { platform }), beganAt, ranAt });
  await work.note({ drill, warnings: unstarted(drill, run().sources) });
};

/** What was seen counts for the run whose snapshots they are, too. */
export const judgeProved = async ({ parts, run }: RunWork): Promise<StepEnd> => {
  const { drill, id } = run();
  if (!drill) return done;
  const { of, verdict } = drill;
  if (of !== id) await changeRun(parts, of, { type: 'judge', at: parts.clock.now(), drill });
  if (verdict === 'bad') throw fault('BACKUP_DRILL_FAILED', { details: { run: of } });
  return done;
};

/** What lies in its files was compared; whether a server takes it, nobody has seen. */
const unstarted = ({ sources }: RunDrill, saved: readonly RunSource[]): readonly RunWarning[] =>
  sources
    .filter(({ name, started }) => started === undefined && isDatabase(saved, name))
    .map(({ name }) => ({ code: 'DATABASE_NOT_STARTED', step: 'drill', detail: name }));

const isDatabase = (saved: readonly RunSource[], wanted: string): boolean =>
  saved.some(({ name, kind }) => name === wanted && kind === 'mongodb');

/** Decided by when the run was asked for, so that who holds the run and who orders its server decide alike. */
export const isDrillDue = async ({
  parts,
  run,
}: {
  readonly parts: Pick<BackupsParts, 'documents'>;
  readonly run: () => Pick<BackupRun, 'kind' | 'requestedAt'>;
}): Promise<boolean> => {
  if (run().kind !== 'daily') return true;
  const newest = await newestOf(parts, 'proved');
  return !newest || run().requestedAt - newest.requestedAt >= DRILLED_EVERY_MS;
};

interface DrilledSource {
  readonly source: RunSource;
  readonly restored: RestoredSource;
}

const restoreAll = async (
  { parts, run, signal, hold, progress }: CopyStepWork,
  scratch: ScratchOfRun,
): Promise<readonly DrilledSource[]> => {
  const all: DrilledSource[] = [];
  for (const source of run().sources) {
    const { name, repository, snapshot, paths = [], savedPaths = paths } = source;
    if (snapshot === undefined) continue;
    await hold();
    const { places } = await parts.repositories[repository].writer.restore(
      { snapshot, to: await scratch.proof(name) },
      { signal, onProgress: (amount) => progress({ of: name, ...amount }) },
    );
    const [folder = '', ...others] = savedPaths;
    all.push({
      source,
      restored: {
        folder: places[folder] ?? '',
        places: Object.fromEntries(
          others.flatMap((path) => {
            const place = places[path];
            return place === undefined ? [] : [[path, place]];
          }),
        ),
        scratch: await scratch.proof(`${name}-started`),
      },
    });
  }
  return all;
};

const proveAll = async (
  work: CopyStepWork,
  drilled: readonly DrilledSource[],
): Promise<readonly SourceProof[]> => {
  const proofs: SourceProof[] = [];
  for (const { source, restored } of drilled) {
    await work.hold();
    const proof = await sourceNamed(work, source.name).prove(restored, {
      signal: work.signal,
      onProgress: ({ of, ...amount }) => work.progress({ of: `${source.name}/${of}`, ...amount }),
    });
    proofs.push(asNoted(source, proof));
  }
  return proofs;
};

/** What a run noted when it copied is out of reach of those who can write to the repository. */
const asNoted = ({ manifest }: RunSource, proof: SourceProof): SourceProof => {
  if (!manifest || notedOf(manifest) === notedOf(proof.manifest)) return proof;
  const detail = 'the manifest is not the one that the run noted';
  return {
    ...proof,
    differences: [...proof.differences, { code: 'CHECKSUM_DIFFERS', detail }],
  };
};

const notedOf = (manifest: BackupManifest): string => {
  const { source, kind, takenAt, position, counts, checksums } = manifest;
  return canonicalJson([source, kind, takenAt, position ?? null, counts, checksums]);
};

const startPlatform = async (
  { parts, signal, hold }: CopyStepWork,
  scratch: ScratchOfRun,
  drilled: readonly DrilledSource[],
): Promise<PlatformProof | undefined> => {
  const folderOf = (kind: RunSource['kind']) =>
    drilled.find(({ source }) => source.kind === kind)?.restored.folder;
  const [innkeeper, keys] = [folderOf('innkeeper'), folderOf('keys')];
  if (innkeeper === undefined || keys === undefined) return undefined;
  await hold();
  const order = { innkeeper, keys, scratch: await scratch.proof('platform') };
  return parts.proveRestored(order, { signal });
};
