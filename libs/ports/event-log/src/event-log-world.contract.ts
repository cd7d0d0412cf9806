import { expect } from '@jest/globals';

import { derivedId, utf8, webHash, type Clock, type Code } from '#libs/kernel';

import type { DraftFact, EventLog, LogChain, Observed, StoredFact } from './event-log.port.js';

export type Log = EventLog & LogChain;

/** What another process has been told: the ids of one answered batch, with their positions. */
export type Answered = readonly (readonly [id: string, position: number])[];

/** Another process that appends batches of its own to the same log. */
export interface LogProcess {
  begin(): void;
  /** Each answered batch as it comes; ends with the process, however that ends. */
  answers(): AsyncIterable<Answered>;
  kill(): Promise<void>;
  /** The drafts of one of its batches, to send them again. */
  drafts(batch: number): readonly DraftFact[];
}

export interface LogWork {
  readonly writer: string;
  readonly batches: number;
  readonly size: number;
  readonly clients: number;
}

/** How a suite holds one log. */
export interface LogStore {
  /** Another client of the same log, with a connection of its own. */
  open(): Promise<Log>;
  /** Ends one client, orderly, in the middle of any work. */
  close(log: Log): Promise<void>;
  /** Makes what was answered visible to every client. */
  settle(): Promise<void>;
  /** Ends every client; the next one opens what was kept. */
  restart(): Promise<void>;
  process(work: LogWork): Promise<LogProcess>;
  dispose(): Promise<void>;
}

export interface EventLogHarness {
  /** A new log, whose clients have this clock. */
  make(clock: Clock): Promise<LogStore>;
  dispose(): Promise<void>;
}

export interface LogWorld {
  readonly log: Log;
  readonly store: LogStore;
  readonly clock: { now: number };
}

export type EventLogBehaviours = Readonly<Record<string, (world: LogWorld) => Promise<void>>>;

/** When every log of the suite begins, so that the same appends give the same hashes on each. */
export const START = 1_760_000_000_000;

export const inWorld = async (
  harness: EventLogHarness,
  behaviour: (world: LogWorld) => Promise<void>,
): Promise<void> => {
  const clock = { now: START };
  const store = await harness.make({ now: () => clock.now });
  try {
    const log = await store.open();
    // The genesis is made at the first use: here, so that its era is the same everywhere.
    await log.head();
    await behaviour({ store, clock, log });
  } finally {
    await store.dispose();
  }
};

/** A fact whose id follows from its name: asked for twice, it is the same. */
export const draft = async (name: string, given: Partial<DraftFact> = {}): Promise<DraftFact> => {
  const [digest = new Uint8Array()] = await webHash([utf8(name)]);
  return {
    id: derivedId(START, digest),
    type: 'test.thing.observed.v1',
    stream: 'test/thing',
    occurredAt: START - 5,
    meta: '{"source":"test"}',
    data: `{"name":${JSON.stringify(name)}}`,
    ...given,
  };
};

export const drafts = (
  prefix: string,
  count: number,
  given: Partial<DraftFact> = {},
): Promise<DraftFact[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => draft(`${prefix}/${i}`, given)));

/** A fact of exactly this size, as the limit counts it. */
export const draftOf = async (
  bytes: number,
  name: string,
  given: Partial<DraftFact> = {},
): Promise<DraftFact> => {
  const small = await draft(name, given);
  const room = bytes - utf8(small.meta).length - '{"x":""}'.length;
  return { ...small, data: `{"x":"${'x'.repeat(room)}"}` };
};

export const positionsOf = (outcomes: readonly Observed[]): number[] =>
  outcomes.map((outcome) => ('position' in outcome ? outcome.position : 0));

/** Everything after a position, in pages of a size that commits do not have. */
export const readAll = async (log: EventLog, after = 0, page = 7): Promise<StoredFact[]> => {
  const facts: StoredFact[] = [];
  for (let from = after; ;) {
    const more = await log.read(from, page);
    facts.push(...more);
    if (more.length === 0) return facts;
    from = more.at(-1)?.position ?? from;
  }
};

export const expectFault = (work: Promise<unknown>, code: Code): Promise<void> =>
  expect(work).rejects.toMatchObject({ code });

export const NEVER = new AbortController().signal;

/** Follows the log while others write; what it has not seen when they are done it never will. */
export const tail = async (log: EventLog, writing: Promise<unknown>): Promise<StoredFact[]> => {
  const done = new AbortController();
  void Promise.allSettled([writing]).then(() => done.abort());
  const seen: StoredFact[] = [];
  for (let after = 1; ;) {
    const wasDone = done.signal.aborted;
    const more = await log.read(after, 50);
    seen.push(...more);
    after = more.at(-1)?.position ?? after;
    if (more.length > 0) continue;
    if (wasDone) return seen;
    await log.wake(after, done.signal);
  }
};
