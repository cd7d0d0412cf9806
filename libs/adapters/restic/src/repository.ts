import { join } from 'node:path';

import { fault, type Code } from '#libs/kernel';
import type {
  CheckDepth,
  RepositoryDamage,
  RepositoryWatch,
  RestoredFolders,
  RestoreOrder,
  SavedFolders,
  SavedSnapshot,
  Snapshot,
  SnapshotRepository,
} from '#libs/ports/snapshot-repository';

import { damageOf, isNoVerdict } from './damage.js';
import { codeOfText, failureCode } from './failure.js';
import { isThere, literally, refuseFilled, refuseMissing } from './folders.js';
import { firstList, wordsOf } from './messages.js';
import type { ResticOptions } from './options.js';
import { Restic, type ResticOrder, type ResticOutcome } from './restic.js';
import { sizeOf } from './restored-size.js';
import { savedIn } from './saved.js';
import { oldestFirst, snapshotOf } from './snapshots.js';

const WHOLE_ID = /^[0-9a-f]{64}$/;

/** `backup` ends with 3 where it could not read all: the snapshot is there, and lacks that. */
const SAVED = [0, 3];

class ResticRepository implements SnapshotRepository {
  constructor(private readonly restic: Restic) {}

  async prepare(watch: RepositoryWatch): Promise<{ readonly made: boolean }> {
    const opening = reading(['cat', 'config'], watch);
    const opened = await this.restic.outcome(opening);
    if (opened.exit === 0) return { made: false };
    const why = await this.restic.faultOf(opened);
    if (why.code !== 'BACKUP_REPOSITORY_MISSING') throw why;
    await this.restic.clearUnused();
    const made = await this.restic.outcome(writing(['init'], watch));
    if (made.exit === 0) return { made: true };
    if (!isThereAlready(made)) throw await this.restic.faultOf(made);
    // Another process made it meanwhile: with the same password, or this throws.
    await this.restic.run(opening);
    return { made: false };
  }

  async save(folders: SavedFolders, watch: RepositoryWatch): Promise<SavedSnapshot> {
    const { paths, tags, host } = folders;
    await refuseMissing(paths);
    const labels = ['--host', host, ...tags.flatMap((tag) => ['--tag', tag])];
    const order = writing(['backup', '--json', ...labels, ...paths], watch);
    const outcome = await this.restic.runLocked(order, SAVED);
    const saved = savedIn(outcome);
    if (!saved) throw fault('BACKUP_REPOSITORY_UNREACHABLE', { details: { said: 'nothing' } });
    return { ...saved, id: await this.#wholeId(saved.id, watch) };
  }

  list(watch: RepositoryWatch): Promise<readonly Snapshot[]> {
    return this.#snapshots([], watch);
  }

  async check(depth: CheckDepth, watch: RepositoryWatch): Promise<readonly RepositoryDamage[]> {
    const first = await this.#checkOnce(depth, watch);
    // Without a lock a check beside a run reads its indexes and its packs at different moments, so it is done again.
    // Content that is not what its name says is nobody's doing.
    const isCertain = first.some(({ code }) => code === 'PACK_DAMAGED');
    return first.length === 0 || isCertain ? first : this.#checkOnce(depth, watch);
  }

  async restore(order: RestoreOrder, watch: RepositoryWatch): Promise<RestoredFolders> {
    const { snapshot, to, path } = order;
    await refuseFilled(to);
    const paths = await this.#pathsOf(snapshot, watch);
    const only = path === undefined ? [] : ['--include', literally(path)];
    const args = ['restore', snapshot, '--target', to, '--verify', '--json', ...only];
    const outcome = await this.restic.outcome(reading(args, watch));
    if (outcome.exit !== 0) throw restoreFault(outcome, to) ?? (await this.restic.faultOf(outcome));
    if (path !== undefined && !(await isThere(join(to, path))))
      throw fault('BACKUP_NOT_FOUND', { details: { snapshot } });
    const size = await sizeOf(to);
    watch.onProgress?.({ filesDone: size.files, bytesDone: size.bytes, ...size });
    const places = path === undefined ? paths : [path];
    return { ...size, places: Object.fromEntries(places.map((at) => [at, join(to, at)])) };
  }

  async remove(ids: readonly string[], watch: RepositoryWatch): Promise<void> {
    watch.signal.throwIfAborted();
    if (ids.length === 0) return;
    // Anything else is a prefix, a filter or a policy to restic, and removes what nobody named.
    if (!ids.every((id) => WHOLE_ID.test(id))) throw fault('BACKUP_NOT_FOUND');
    await this.restic.runLocked(writing(['forget', ...ids], watch), [0]);
    // Old versions end well where the repository refused.
    const left = await this.#snapshots([], watch);
    if (left.some(({ id }) => ids.includes(id))) throw fault('BACKUP_ACCESS_DENIED');
  }

  async prune(watch: RepositoryWatch): Promise<void> {
    const args = ['prune', '--max-unused', '0'];
    const outcome = await this.restic.runLocked(writing(args, watch), [0]);
    // It ends well where a pack could not be removed.
    if (linesOf(outcome).some((line) => /unable to (?:remove|delete)/.test(line)))
      throw fault('BACKUP_ACCESS_DENIED');
  }

  async #snapshots(ids: readonly string[], watch: RepositoryWatch): Promise<readonly Snapshot[]> {
    const { output, errors } = await this.restic.run(
      reading(['snapshots', '--json', ...ids], watch),
    );
    // It leaves out what it could not read and ends well, and retention would count wrongly.
    if (errors.some((line) => codeOfText(line) === 'BACKUP_REPOSITORY_DAMAGED'))
      throw fault('BACKUP_REPOSITORY_DAMAGED');
    return oldestFirst(firstList(output).flatMap((entry) => snapshotOf(entry) ?? []));
  }

  async #pathsOf(snapshot: string, watch: RepositoryWatch): Promise<readonly string[]> {
    const all = await this.#snapshots([], watch);
    const found = all.find(({ id }) => id === snapshot);
    if (!found) throw fault('BACKUP_NOT_FOUND', { details: { snapshot } });
    return found.paths;
  }

  /** 0.14 says the start of an id only. */
  async #wholeId(said: string, watch: RepositoryWatch): Promise<string> {
    if (WHOLE_ID.test(said)) return said;
    const [snapshot] = await this.#snapshots([said], watch);
    if (!snapshot) throw fault('BACKUP_REPOSITORY_DAMAGED', { details: { snapshot: said } });
    return snapshot.id;
  }

  async #checkOnce(
    depth: CheckDepth,
    watch: RepositoryWatch,
  ): Promise<readonly RepositoryDamage[]> {
    const outcome = await this.restic.outcome(reading(['check', '--json', ...deep(depth)], watch));
    if (outcome.exit === 0) return [];
    const lines = linesOf(outcome);
    const found = isNoVerdict(lines) ? [] : damageOf(lines);
    if (found.length > 0) return found;
    const why = await this.restic.faultOf(outcome);
    if (why.code !== 'BACKUP_REPOSITORY_DAMAGED') throw why;
    const isKeyless = failureCode(outcome) === 'BACKUP_PASSWORD_WRONG';
    return [{ code: isKeyless ? 'KEY_DAMAGED' : 'REPOSITORY_DAMAGED', detail: '' }];
  }
}

/** A repository of restic's format by the program of that name, from 0.14 on. */
export const resticRepository = (options: ResticOptions): SnapshotRepository =>
  new ResticRepository(new Restic(options));

const reading = (args: readonly string[], watch: RepositoryWatch): ResticOrder => ({
  args,
  watch,
  isReading: true,
});

const writing = (args: readonly string[], watch: RepositoryWatch): ResticOrder => ({
  args,
  watch,
  isReading: false,
});

const deep = (depth: CheckDepth): readonly string[] => {
  switch (depth.depth) {
    case 'structure':
      return [];
    case 'part':
      return [`--read-data-subset=${depth.part}/${depth.of}`];
    case 'everything':
      return ['--read-data'];
  }
};

const linesOf = ({ output, errors }: ResticOutcome): readonly string[] => [
  ...output.split('\n'),
  ...errors,
];

const isThereAlready = ({ errors }: ResticOutcome): boolean =>
  errors.some((line) => /config file already exists|already initialized/.test(line));

/** Reading a repository needs no room in it: what is full or refuses is the folder that is restored to. */
const restoreFault = ({ errors, gaveUp }: ResticOutcome, to: string) => {
  const ofTarget: Partial<Record<Code, Code>> = {
    BACKUP_REPOSITORY_FULL: 'BACKUP_SCRATCH_FULL',
    BACKUP_ACCESS_DENIED: 'BACKUP_SCRATCH_DENIED',
  };
  if (gaveUp) return gaveUp;
  const about = errors.filter((line) => line.includes(to)).map(wordsOf);
  const code = codeOfText(about.join('\n'));
  const full = codeOfText(errors.map(wordsOf).join('\n')) === 'BACKUP_REPOSITORY_FULL';
  const found = full ? 'BACKUP_SCRATCH_FULL' : code && ofTarget[code];
  return found && fault(found);
};
