import { orderOf } from '#libs/contracts';
import type { DocumentKey, FeedChange, OpenFeed } from '#libs/ports/change-feed';

import { goneIn, groupFieldOf, seenIn, stateIn, statesCollection } from '../entities/told-state.js';
import { readWanted, settleWanted } from '../operate/wanted-documents.js';
import type { DocumentReading } from './judge-reading.js';
import { refuseStale } from './leader-standing.js';
import { readDocuments, readingsOf } from './read-documents.js';
import { tellBatch, type BatchOptions, type TellingParts } from './tell-batch.js';

export interface FollowingParts extends TellingParts {
  readonly stream: OpenFeed;
  readonly pace: ReadingPace;
}

/** How many documents are read at once: fewer where they are large, so that memory stays bounded. */
export class ReadingPace {
  #limit = FIRST;

  get limit(): number {
    return this.#limit;
  }

  /** After a reading: documents of this size leave room for so many. */
  took(readings: readonly DocumentReading[]): void {
    const documents = readings.flatMap(({ document }) => (document ? [document] : []));
    if (documents.length === 0) return;
    const sample = documents.slice(0, SAMPLE);
    const characters = sample.reduce((sum, one) => sum + JSON.stringify(one).length, 0);
    const fitting = Math.floor((ROOM * sample.length) / characters);
    this.#limit = Math.max(FEWEST, Math.min(MOST, this.#limit * 4, fitting));
  }
}

const FIRST = 100;
const FEWEST = 20;
const MOST = 1000;
const ROOM = 8 * 1024 * 1024;
const SAMPLE = 20;

/** An idle feed's place is stored that often: a stop then looks at no more changes again. */
const IDLE_SAVE_MS = 5_000;

/** Tells what the changes are now. Answers whether there were any. */
export const followStream = async (following: FollowingParts, waitMs: number): Promise<boolean> => {
  const { stream, parts, leader, feed, pace } = following;
  const { limit } = pace;
  const { changes, place } = await stream.next({ waitMs, limit });
  if (changes.length > 0)
    parts.notice?.({ feed: feed.name, event: 'changed', count: changes.length });
  await lookAtGroups(following);
  const readings = await readDocuments(feed.feed, ...askedFor(changes));
  pace.took(readings);
  const now = parts.clock.now();
  const [oldest] = changes;
  const caughtUp = changes.length < limit && {
    caughtUpAt: now,
    lagMs: oldest ? Math.max(0, now - orderOf(oldest.at).occurredAt) : 0,
  };
  await tellBatch(following, readings, {
    backfilled: false,
    move: { place, ...caughtUp },
    keepsMove: leader.unsavedMs >= IDLE_SAVE_MS,
  });
  return changes.length > 0;
};

/** Each document once. What its last change took away is known to be removed when it is not there. */
const askedFor = (
  changes: readonly FeedChange[],
): [keys: DocumentKey[], absenceOf: (key: DocumentKey) => 'removed' | 'missing'] => {
  const last = new Map(changes.map(({ key, removed }) => [key, removed]));
  return [[...last.keys()], (key) => (last.get(key) ? 'removed' : 'missing')];
};

const missing = (): 'missing' => 'missing';

/** One chunk of the scan that runs. */
export const scanOn = async (following: FollowingParts): Promise<void> => {
  const { leader, feed, pace } = following;
  const { scan } = leader.now;
  if (!scan) return;
  if (scan.stage === 'sweeping') return sweepOn(following);
  await lookAtGroups(following);
  const { after, ...rest } = scan;
  const page = await feed.feed.scan({ limit: pace.limit, ...(after !== undefined && { after }) });
  const readings = readingsOf(page, missing);
  pace.took(readings);
  const done = scan.done + readings.length;
  const next = page.next === undefined ? {} : { after: page.next };
  const stage = page.next === undefined ? 'sweeping' : 'reading';
  await tellBatch(following, readings, {
    backfilled: true,
    move: { scan: { ...rest, ...next, stage, done } },
    keepsMove: true,
  });
};

/**
 * Asks for what the scan did not meet. Each answer moves a state out of what is asked for next, so there is no cursor
 * to keep. At the end the scan is over.
 */
const sweepOn = async (following: FollowingParts): Promise<void> => {
  const { leader, parts, feed } = following;
  const { pass, era, scan } = leader.now;
  const ranges = [
    { from: `${feed.name}/`, below: seenIn(feed.name, pass) },
    // What an older log knew as gone, this one may hold as there.
    { from: `${feed.name}~`, below: goneIn(feed.name, era) },
  ];
  for (const { from, below } of ranges) {
    const unmet = await keysBelow(following, { from, below });
    if (unmet.length === 0) continue;
    await tellAbsent(following, unmet);
    return;
  }
  await leader.save({
    scan: undefined,
    phase: 'stream',
    code: undefined,
    size: scan?.done ?? 0,
  });
  parts.notice?.({ feed: feed.name, event: 'scan_done', count: scan?.done ?? 0 });
};

const keysBelow = async (
  { parts, pace }: FollowingParts,
  { from, below }: { from: string; below: string },
): Promise<readonly DocumentKey[]> => {
  const { items } = await parts.documents.query(statesCollection, {
    order: { field: 'seen' },
    from,
    limit: pace.limit,
  });
  return items.flatMap((stored) => {
    const seen = stored.fields?.['seen'];
    const isUnmet = typeof seen === 'string' && seen.startsWith(from) && seen < below;
    const state = stateIn(stored);
    return isUnmet && state ? [state.key] : [];
  });
};

/** Looks for documents without an event: those that are not there are missing. */
const tellAbsent = async (
  following: FollowingParts,
  keys: readonly DocumentKey[],
  options: Partial<BatchOptions> = {},
): Promise<void> => {
  await lookAtGroups(following);
  const readings = await readDocuments(following.feed.feed, keys, missing);
  await tellBatch(following, readings, {
    ...{ backfilled: true, move: {}, keepsMove: false },
    ...options,
  });
};

/** One chunk of the work that a group makes which is followed now, or is not any more. */
export const workOnGroups = async (following: FollowingParts): Promise<void> => {
  const [group, task] = following.groups.nextTask() ?? [];
  if (group === undefined) return;
  if (task === 'scan') await scanGroup(following, group);
  else await tellGroupGone(following, group);
};

const scanGroup = async (following: FollowingParts, group: string): Promise<void> => {
  const { leader, feed, pace } = following;
  const { groupScan } = leader.now;
  const after = groupScan?.group === group ? groupScan.after : undefined;
  await lookAtGroups(following);
  const page = await feed.feed.scan({
    ...{ limit: pace.limit, group },
    ...(after !== undefined && { after }),
  });
  const readings = readingsOf(page, missing);
  pace.took(readings);
  const move = { groupScan: page.next === undefined ? undefined : { group, after: page.next } };
  await tellBatch(following, readings, { backfilled: true, move, keepsMove: true });
  if (page.next === undefined) await finishGroup(following, group, 'scan');
};

const tellGroupGone = async (following: FollowingParts, group: string): Promise<void> => {
  const { parts, feed, pace } = following;
  const { items } = await parts.documents.query(statesCollection, {
    where: { group: groupFieldOf(feed.name, group) },
    limit: pace.limit,
  });
  const keys = items.flatMap((stored) => stateIn(stored)?.key ?? []);
  if (keys.length > 0) await tellAbsent(following, keys, { backfilled: false });
  else await finishGroup(following, group, 'tell_gone');
};

/** Unless the group turned again meanwhile: then it has another task. */
const finishGroup = async (
  { groups, leader }: FollowingParts,
  group: string,
  task: 'scan' | 'tell_gone',
): Promise<void> => {
  const [next, its] = groups.nextTask() ?? [];
  if (next !== group || its !== task) return;
  refuseStale(await groups.put(groups.done(group, leader.fence)));
  await leader.save({});
};

/** Notes which groups are followed now and were not, or the other way round. */
export const lookAtGroups = async ({
  groups,
  leader,
  parts,
  feed,
}: TellingParts): Promise<void> => {
  for (;;) {
    const changed = await groups.look();
    if (changed.length === 0) return;
    // A scan of a group that turned begins at its start again, whenever that is.
    if (changed.includes(leader.now.groupScan?.group ?? ''))
      await leader.save({ groupScan: undefined });
    refuseStale(await groups.put(groups.turned(changed, leader.fence)));
    await leader.save({});
    parts.notice?.({ feed: feed.name, event: 'groups_changed', count: changed.length });
  }
};

const WANTED_AT_ONCE = 200;

/** Reads what webhooks announced. Answers whether there was any. */
export const takeWanted = async (following: FollowingParts): Promise<boolean> => {
  const { parts, feed } = following;
  const wanted = await readWanted(parts.documents, feed.name, WANTED_AT_ONCE);
  if (wanted.length === 0) return false;
  await tellAbsent(
    following,
    wanted.map(({ key }) => key),
    { backfilled: false },
  );
  await settleWanted(parts.documents, wanted, parts.clock.now());
  return true;
};
