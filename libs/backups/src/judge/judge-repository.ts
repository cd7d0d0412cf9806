import { Fault, type Code } from '#libs/kernel';
import type {
  RepositoryDamage,
  RepositoryWatch,
  Snapshot,
  SnapshotRepository,
} from '#libs/ports/snapshot-repository';

import { FindingList } from './finding-list.js';
import { lookAtContent, lookAtFiles, type LookedFiles } from './look-at-files.js';
import { lookAtSnapshots, newestOfEach } from './look-at-snapshots.js';
import type { RepositoryFile, RepositoryFiles } from './repository-files.js';
import type { JudgeDepth, RepositoryFindingCode, RepositoryJudgement } from './verdict.js';

export interface JudgeParts {
  readonly repository: Pick<SnapshotRepository, 'list' | 'check' | 'restore'>;
  /** Where it lies in a folder: looked at first, by nobody's word but the bytes'. */
  readonly files?: RepositoryFiles | undefined;
  /** How much a snapshot brings back, where the version that made it did not write it down. */
  readonly bytesOf?: ((snapshot: Snapshot, watch: RepositoryWatch) => Promise<number>) | undefined;
  /** An empty folder for what is restored; who made it removes it. */
  readonly emptyFolder: () => Promise<string>;
  readonly now: () => number;
  /** What is looked at now, for a person who waits. */
  readonly onStage: (stage: JudgeStage) => unknown;
}

export type JudgeStage = 'files' | 'snapshots' | 'content' | 'check' | 'restore';

export interface JudgeOrder {
  /** Missing: `data` where that is bearable, else `structure`. */
  readonly depth?: JudgeDepth | undefined;
  /** The newest snapshot must be younger. */
  readonly newestWithinMs?: number | undefined;
  /** Every snapshot must be of this host. */
  readonly host?: string | undefined;
  /** A signal that times out cuts the judging off, and the judgement says so. */
  readonly watch: RepositoryWatch;
}

/** So much is read in some seconds from a disk, and in some minutes from a bucket. */
export const READ_UNASKED_BYTES = 2 * 1024 ** 3;

const ofFault: Partial<Readonly<Record<Code, RepositoryFindingCode>>> = {
  BACKUP_ACCESS_DENIED: 'ACCESS_DENIED',
  BACKUP_PASSWORD_WRONG: 'PASSWORD_WRONG',
  BACKUP_REPOSITORY_DAMAGED: 'REPOSITORY_DAMAGED',
  BACKUP_REPOSITORY_LOCKED: 'REPOSITORY_LOCKED',
  BACKUP_REPOSITORY_MISSING: 'REPOSITORY_MISSING',
  BACKUP_REPOSITORY_UNREACHABLE: 'REPOSITORY_UNREACHABLE',
};

/**
 * Judges a repository by what can be seen of it, and writes nothing to it. The program that made it is asked as one
 * witness among others: it calls a repository whole that has no snapshot, an empty one, or one from next year.
 */
export const judgeRepository = async (
  parts: JudgeParts,
  order: JudgeOrder,
): Promise<RepositoryJudgement> => new Judging(parts, order).judge();

class Judging {
  readonly #parts: JudgeParts;
  readonly #order: JudgeOrder;
  readonly #findings = new FindingList();
  #looked: LookedFiles | undefined;
  #snapshots: readonly Snapshot[] = [];
  readonly #bytes = new Map<string, number>();
  #isListed = false;
  #mayOpen = true;

  constructor(parts: JudgeParts, order: JudgeOrder) {
    this.#parts = parts;
    this.#order = order;
  }

  async judge(): Promise<RepositoryJudgement> {
    await this.#unlessCutOff('files', () => this.#lookAtFiles());
    this.#mayOpen = this.#looked?.isRepository !== false;
    if (this.#mayOpen) await this.#unlessCutOff('snapshots', () => this.#lookAtSnapshots());
    const depth = this.#depth();
    if (this.#mayOpen) await this.#lookInside(depth);
    const newest = this.#snapshots.at(-1)?.time;
    return {
      verdict: this.#verdict(),
      findings: this.#findings.list(),
      depth,
      snapshots: this.#snapshots.length,
      ...(newest !== undefined && { newest }),
    };
  }

  #verdict(): RepositoryJudgement['verdict'] {
    if (this.#isListed) return this.#findings.isEmpty ? 'good' : 'bad';
    // Where something inside was seen to be damaged, it did open.
    return this.#seesInside() ? 'bad' : 'unreadable';
  }

  async #lookAtFiles(): Promise<void> {
    const { files } = this.#parts;
    if (!files) return;
    this.#looked = await lookAtFiles(files, this.#order.watch.signal);
    this.#findings.add(...this.#looked.findings);
  }

  async #lookAtSnapshots(): Promise<void> {
    const { repository, now } = this.#parts;
    this.#snapshots = await repository.list(this.#order.watch);
    this.#isListed = true;
    for (const snapshot of newestOfEach(this.#snapshots)) await this.#measure(snapshot);
    const files = await this.#filesNow();
    const looked = { now: now(), order: this.#order, files, bytes: this.#bytes };
    this.#findings.add(...lookAtSnapshots(this.#snapshots, looked));
  }

  /** Looked at again where the list lacks some: they may have been removed since, by right. */
  async #filesNow(): Promise<readonly RepositoryFile[] | undefined> {
    const { files } = this.#parts;
    const ids = new Set(this.#snapshots.map(({ id }) => id));
    const known = this.#looked?.files;
    const isWhole = known?.every(({ kind, name }) => kind !== 'snapshot' || ids.has(name));
    return !files || isWhole ? known : files.list();
  }

  /** What cannot be measured has a cause that the check names. */
  async #measure(snapshot: Snapshot): Promise<void> {
    const { bytesOf } = this.#parts;
    const { id, content } = snapshot;
    const bytes =
      content?.bytes ??
      (await bytesOf?.(snapshot, this.#order.watch).catch((thrown: unknown) => {
        if (thrown instanceof Fault) return undefined;
        throw thrown;
      }));
    if (bytes !== undefined) this.#bytes.set(id, bytes);
  }

  async #lookInside(depth: JudgeDepth): Promise<void> {
    const { watch } = this.#order;
    const reads = depth !== 'structure';
    const looked = this.#looked;
    const { files } = this.#parts;
    if (files && looked && reads)
      await this.#unlessCutOff('content', async () =>
        this.#findings.add(...(await lookAtContent(files, looked.files, watch.signal))),
      );
    if (this.#findings.has('INDEX_MISSING') || this.#findings.saysOf('PACK_MISSING', 'every'))
      return;
    // Packs that are known to be other bytes than were stored need no second reader.
    const isDamaged = this.#findings.has('PACK_DAMAGED');
    await this.#unlessCutOff('check', async () =>
      this.#add(
        await this.#parts.repository.check(
          { depth: reads && !isDamaged ? 'everything' : 'structure' },
          watch,
        ),
      ),
    );
    if (depth === 'restore')
      for (const snapshot of newestOfEach(this.#snapshots))
        await this.#unlessCutOff('restore', () => this.#restore(snapshot));
  }

  async #restore({ id, content }: Snapshot): Promise<void> {
    const { repository, emptyFolder } = this.#parts;
    const to = await emptyFolder();
    const { bytes } = await repository.restore({ snapshot: id, to }, this.#order.watch);
    if (!content || content.bytes === bytes) return;
    const detail = `snapshot ${id}: ${bytes} bytes came back of ${content.bytes}`;
    this.#findings.add({ code: 'RESTORE_DIFFERS', detail });
  }

  /** A witness that names no id says less than one that does. */
  #add(damages: readonly RepositoryDamage[]): void {
    for (const { code, detail } of damages)
      if (detail !== '') this.#findings.add({ code, detail });
      else if (!this.#findings.has(code) && !this.#isExplained(code))
        this.#findings.add({ code, detail: 'its program says so, and not of what' });
  }

  #depth(): JudgeDepth {
    const { depth } = this.#order;
    if (depth) return depth;
    const saved = newestOfEach(this.#snapshots).map(({ id }) => this.#bytes.get(id) ?? Infinity);
    const bytes = this.#looked?.bytes ?? saved.reduce((sum, one) => sum + one, 0);
    return bytes <= READ_UNASKED_BYTES ? 'data' : 'structure';
  }

  /** What stops one look is a finding itself, and stops no other look that does not need it. */
  async #unlessCutOff(stage: JudgeStage, look: () => Promise<void>): Promise<void> {
    const { signal } = this.#order.watch;
    try {
      signal.throwIfAborted();
      await this.#parts.onStage(stage);
      await look();
    } catch (thrown) {
      if (signal.aborted) this.#cutOff(stage, signal.reason);
      else this.#found(thrown, stage);
    }
  }

  #cutOff(stage: JudgeStage, reason: unknown): void {
    if (!(reason instanceof Error) || reason.name !== 'TimeoutError') throw reason;
    if (this.#findings.has('CHECK_CUT_OFF')) return;
    const detail = `the time was over at the stage ${stage}: what comes after it was not looked at`;
    this.#findings.add({ code: 'CHECK_CUT_OFF', detail });
  }

  #found(thrown: unknown, stage: JudgeStage): void {
    const code = thrown instanceof Fault ? ofFault[thrown.code] : undefined;
    if (code === undefined) throw thrown;
    if (stage === 'snapshots') this.#doesNotOpen(code);
    if (this.#isExplained(code)) return;
    this.#findings.add({ code, detail: `at the stage ${stage}` });
  }

  /** One snapshot that does not open is no reason not to look at all others. */
  #doesNotOpen(code: RepositoryFindingCode): void {
    const isInside = code === 'REPOSITORY_DAMAGED' && !this.#findings.has('KEY_DAMAGED');
    // Everything else of a folder has its digest for a name, and is as it is called.
    const isConfig = isInside && this.#looked !== undefined && !this.#seesInside();
    if (isConfig) this.#findings.add({ code: 'CONFIG_DAMAGED', detail: 'config does not open' });
    this.#mayOpen = isInside && !isConfig;
  }

  #seesInside(): boolean {
    return seenInside.some((code) => this.#findings.has(code));
  }

  #isExplained(code: RepositoryFindingCode): boolean {
    return explained[code]?.some((one) => this.#findings.has(one)) ?? false;
  }
}

const seenInside: readonly RepositoryFindingCode[] = [
  'INDEX_DAMAGED',
  'PACK_DAMAGED',
  'PACK_MISSING',
  'SNAPSHOT_DAMAGED',
  'TREE_DAMAGED',
];

/** What says less than something that is known already. */
const explained: Partial<
  Readonly<Record<RepositoryFindingCode, readonly RepositoryFindingCode[]>>
> = {
  PASSWORD_WRONG: ['KEY_DAMAGED', 'KEY_MISSING'],
  REPOSITORY_DAMAGED: [...seenInside, 'CONFIG_DAMAGED', 'INDEX_MISSING', 'KEY_DAMAGED'],
};
