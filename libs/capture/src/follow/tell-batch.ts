import type { CaptureParts, FollowedFeed } from '../followed-feed.js';
import { entityIds } from '../entities/entity-ids.js';
import { stateDocument, stateIdOf, stateIn, statesCollection } from '../entities/told-state.js';
import { parkedDocument, putParked } from '../operate/parked-documents.js';
import { putRemovals, removalDocument } from '../removals/removals.js';
import { decideEntry, type EntryDecision, type JudgedDocument } from './decide-entry.js';
import { digestTexts } from './document-texts.js';
import { publishEntries } from './feed-deliveries.js';
import type { FeedStanding, NotedEntry } from './feed-place.js';
import { judgeReading, type DocumentReading } from './judge-reading.js';
import type { KnownGroups } from './known-groups.js';
import { refuseStale, type LeaderStanding } from './leader-standing.js';

export interface TellingParts {
  readonly parts: CaptureParts;
  readonly feed: FollowedFeed;
  readonly leader: LeaderStanding;
  readonly groups: KnownGroups;
}

export interface BatchOptions {
  /** A scan found it: nobody told us. */
  readonly backfilled: boolean;
  /** Where the feed stands once the batch is told. */
  readonly move: Partial<FeedStanding>;
  /** Must the move be stored although nothing was told? */
  readonly keepsMove: boolean;
  /** What a batch that was left in work may have told. */
  readonly noted?: readonly NotedEntry[];
}

/**
 * Tells what differs from what was told before. The order is what makes it exact: note the batch, publish it, keep
 * what was told, move on. A crash anywhere means that the noted batch is looked at again.
 */
export const tellBatch = async (
  telling: TellingParts,
  readings: readonly DocumentReading[],
  options: BatchOptions,
): Promise<void> => {
  const characters = readings.reduce((sum, { key }) => sum + key.length, 0);
  if (characters > MOST_CHARACTERS && readings.length > 1) {
    const half = Math.ceil(readings.length / 2);
    await tellBatch(telling, readings.slice(0, half), { ...options, move: {}, keepsMove: false });
    return tellBatch(telling, readings.slice(half), options);
  }
  await tellWhole(telling, readings, options);
};

/** Of the keys of one batch: all are noted in one document. */
const MOST_CHARACTERS = 128 * 1024;

const tellWhole = async (
  telling: TellingParts,
  readings: readonly DocumentReading[],
  options: BatchOptions,
): Promise<void> => {
  const { parts, feed, leader } = telling;
  const judged = await judgeBatch(telling, readings, options.noted ?? []);
  const context = {
    era: leader.now.era,
    pass: leader.now.pass,
    now: parts.clock.now(),
    follows: (group: string | undefined) => telling.groups.follows(group),
  };
  const decisions = judged.map((document) => decideEntry(document, context));
  const told = decisions.flatMap(({ tell }) => (tell ? [tell] : []));
  if (told.length > 0) {
    const entries = decisions.flatMap(({ note }) => (note ? [note] : []));
    const { backfilled } = options;
    await leader.save({ inWork: { entries, backfilled } });
    const receivedAt = parts.clock.now();
    await publishEntries(parts, feed, told, { backfilled, receivedAt });
    parts.notice?.({ feed: feed.name, event: 'told', count: told.length });
  }
  const kept = await keepDecisions(telling, judged, decisions);
  if (told.length > 0 || kept || options.keepsMove)
    await leader.save({ ...options.move, inWork: undefined });
  else leader.move(options.move);
};

/** What is needed to decide, in a number of calls that does not depend on how many there are. */
const judgeBatch = async (
  { parts, feed, groups }: TellingParts,
  readings: readonly DocumentReading[],
  noted: readonly NotedEntry[],
): Promise<readonly JudgedDocument[]> => {
  if (readings.length === 0) return [];
  const ids = await entityIds(
    readings.map(({ key }) => key),
    { form: feed.idForm, feed: feed.name, keys: parts.keys },
  );
  // The last reading of an entity is the newest.
  const newest = new Map(readings.map((reading, i) => [ids[i] ?? '', reading]));
  const verdicts = [...newest].map(
    ([id, reading]) => [id, reading, judgeReading(feed, groups.rule, reading)] as const,
  );
  const [stored, digests] = await Promise.all([
    parts.documents.get(
      statesCollection,
      verdicts.map(([id]) => stateIdOf(feed.name, id)),
    ),
    digestTexts(
      parts.hash,
      verdicts.flatMap(([, , verdict]) => (verdict.is === 'there' ? [verdict.texts] : [])),
    ),
  ]);
  const notes = new Map(noted.map((note) => [note.key, note]));
  let next = 0;
  return verdicts.map(([id, reading, verdict], i): JudgedDocument => {
    const state = stateIn(stored[i]);
    const note = notes.get(reading.key);
    const digest = verdict.is === 'there' ? digests[next++] : undefined;
    return {
      ...{ id, reading, verdict },
      ...(digest && { digests: digest }),
      ...(state && { state }),
      ...(note && { noted: note }),
    };
  });
};

/** Whether anything had to be kept. */
const keepDecisions = async (
  { parts, feed, leader, groups }: TellingParts,
  judged: readonly JudgedDocument[],
  decisions: readonly EntryDecision[],
): Promise<boolean> => {
  const { fence } = leader;
  const writing = { fence, now: parts.clock.now() };
  const states = decisions.flatMap(({ id, state }) =>
    state === undefined ? [] : [stateDocument(feed.name, id, state, fence)],
  );
  const removals = decisions.flatMap(({ id, removal }) =>
    removal ? [removalDocument(feed, { id, ...removal }, writing)] : [],
  );
  const parked = decisions.flatMap(({ id, parked: why }) =>
    why === undefined ? [] : [parkedDocument(feed.name, { id, parked: why }, writing)],
  );
  const met = groups.met(
    judged.flatMap(({ verdict }) =>
      'group' in verdict && verdict.group !== undefined ? [verdict.group] : [],
    ),
    fence,
  );
  const outcomes = await Promise.all([
    removals.length > 0 ? putRemovals(parts.documents, removals) : [],
    parked.length > 0 ? putParked(parts.documents, parked) : [],
    met.length > 0 ? groups.put(met) : [],
  ]);
  // Last: who finds a state may count on what follows from it.
  const kept = states.length > 0 ? await parts.documents.put(statesCollection, states) : [];
  refuseStale([...outcomes.flat(), ...kept]);
  const set = parked.filter(({ body }) => body !== null).length;
  if (set > 0) parts.notice?.({ feed: feed.name, event: 'parked', count: set });
  return kept.length > 0 || outcomes.some((each) => each.length > 0);
};
