import type { RecordSignal } from '#libs/contracts';
import { fault } from '#libs/kernel';

import type { KindName } from '../kinds/index.js';
import type { RecordState } from '../merge/record-state.js';

import { dropGeneration, dropLeftGenerations } from './drop-generation.js';
import { createGenerations } from '../project-records/generation.js';
import { isGone } from '../project-records/record-document.js';
import { announce } from '../project-records/announce.js';
import { projectRecords, type ProjectRecords } from '../project-records/project-records.js';
import type { ProjectionParts } from '../project-records/projection.js';
import { compareGenerations, walkGenerations, type Comparison } from './compare-generations.js';
import type { LiveGate } from './live-gate.js';

export interface RebuildOptions {
  readonly switch: boolean;
  /** Switch although the records differ: somebody has looked at the list. */
  readonly acceptChanges: boolean;
}

export interface RebuildProgress {
  readonly position: number;
  readonly head: number;
}

export interface Rebuilt {
  readonly generation: number;
  readonly position: number;
  readonly comparison: Comparison;
  readonly switched: boolean;
}

interface RebuildRun extends RebuildOptions {
  readonly live: LiveGate;
  /** The live projection's checkpoint: up to there its records are whole. */
  readonly checkpoint: () => Promise<number>;
  /** The term of the live projection's lease, while it is surely ours for the next moment. */
  readonly term: () => Promise<number | undefined>;
  readonly onProgress: (progress: RebuildProgress) => Promise<void>;
  /** Aborted when this process stops: a successor begins the rebuild again. */
  readonly signal: AbortSignal;
}

const PAGE = 256;
/** So near the head, closing the gate costs less than a second round without it. */
const NEAR = 2 * PAGE;

/**
 * Folds the whole log into a generation beside the live one, compares both at one position, and may switch. What is
 * not live in the end is removed, also where the rebuild fails; what a killed one leaves goes before the next.
 */
export const rebuildRecords =
  (ports: ProjectionParts) =>
  async (rebuilding: RebuildRun): Promise<Rebuilt> => {
    await dropLeftGenerations(ports);
    const generations = createGenerations(ports);
    const from = await generations.live();
    const generation = await generations.next();
    try {
      return await rebuildInto(ports, rebuilding, { from, generation });
    } catch (thrown) {
      // A process that stops has no time for it, and a store may be away: a successor finds what is left.
      if (!rebuilding.signal.aborted) await Promise.allSettled([dropGeneration(ports, generation)]);
      throw thrown;
    }
  };

const rebuildInto = async (
  ports: ProjectionParts,
  rebuilding: RebuildRun,
  { from, generation }: { readonly from: number; readonly generation: number },
): Promise<Rebuilt> => {
  // The keys are gone for every position: no fact of an erased stream is folded with its personal part.
  const erasedUpTo = await ports.journal.readErasures();
  const project = projectRecords(ports)({ generation, signals: false, erasedUpTo });
  const reached = await foldNearHead(ports, rebuilding, project);
  return rebuilding.live.whileClosed(async () => {
    // With another leader the gate is closed to nobody: it could apply to the old one unseen.
    const term = await termOf(rebuilding);
    const { position } = await ports.log.head();
    // Some of what lies behind its checkpoint may be in the live one already: now all of it is.
    const live = projectRecords(ports)({ generation: from, signals: true });
    const behind = await rebuilding.checkpoint();
    await apply({ project: live, from: behind, target: position }, ports, rebuilding);
    await apply({ project, from: reached, target: position }, ports, rebuilding);
    const comparison = await compareGenerations(ports, from, generation);
    const wanted = rebuilding.switch && (comparison.differences === 0 || rebuilding.acceptChanges);
    if (wanted && (await termOf(rebuilding)) !== term) throw fault('CATALOG_REBUILD_STOPPED');
    const switched = wanted && (await createGenerations(ports).switch(from, generation, term));
    if (switched && comparison.differences > 0)
      await announceChanges(ports, from, generation, position);
    await dropGeneration(ports, switched ? from : generation);
    return { generation, position, comparison, switched };
  });
};

/** Beside the live projection, which goes on. Answers how far it came. */
const foldNearHead = async (
  ports: ProjectionParts,
  rebuilding: RebuildRun,
  project: ProjectRecords,
): Promise<number> => {
  let reached = 0;
  for (;;) {
    const head = (await ports.log.head()).position;
    await rebuilding.onProgress({ position: reached, head });
    if (head - reached <= NEAR) return reached;
    reached = await apply({ project, from: reached, target: head }, ports, rebuilding);
    // Another leader takes what this one builds for left, and removes it.
    await termOf(rebuilding);
  }
};

const termOf = async ({ term }: RebuildRun): Promise<number> => {
  const held = await term();
  if (held === undefined) throw fault('CATALOG_REBUILD_STOPPED');
  return held;
};

interface FoldingRange {
  readonly project: ProjectRecords;
  readonly from: number;
  readonly target: number;
}

const apply = async (
  { project, from, target }: FoldingRange,
  { log }: ProjectionParts,
  { onProgress, signal }: RebuildRun,
): Promise<number> => {
  let position = from;
  while (position < target) {
    if (signal.aborted) throw fault('CATALOG_REBUILD_STOPPED');
    const facts = await log.read(position, Math.min(PAGE, target - position));
    await project(facts);
    position = facts.at(-1)?.position ?? target;
    await onProgress({ position, head: target });
  }
  return Math.max(position, target);
};

/** One signal per changed record, now that people read the new ones. */
const announceChanges = async (
  { bus, log, documents }: ProjectionParts,
  from: number,
  to: number,
  position: number,
): Promise<void> => {
  const { era } = await log.head();
  let signals: RecordSignal[] = [];
  // Most of what is gone was gone before, and was told then.
  let nowGone: RecordSignal[] = [];
  const isGoneIn = (kind: KindName, state: string | undefined): boolean =>
    state === undefined || isGone(kind, JSON.parse(state) as RecordState);
  for await (const { kind, id, left, right } of walkGenerations(documents, from, to)) {
    if (left === right) continue;
    const signal = { kind, id, era, position, gone: isGoneIn(kind, right) };
    signals.push(signal);
    if (signal.gone && !isGoneIn(kind, left)) nowGone.push(signal);
    if (signals.length < PAGE) continue;
    await announce(bus, signals, nowGone);
    [signals, nowGone] = [[], []];
  }
  await announce(bus, signals, nowGone);
};
