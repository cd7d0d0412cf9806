import type { Catalog, ProjectorName } from '#libs/catalog';
import type { Clock } from '#libs/kernel';
import {
  holdsCheckpoint,
  type Checkpoint,
  type EventLog,
  type LogChain,
} from '#libs/ports/event-log';

export interface Restored {
  readonly era: number;
  /** Of the fact that says so. */
  readonly position: number;
  /** Those who had read what the log lost, and now begin from the start. */
  readonly afresh: readonly string[];
  /** Streams whose keys were destroyed once more. */
  readonly erased: number;
  /** Raw deliveries that were still kept and run again. */
  readonly republished: number;
}

export interface DeclareRestoredParts {
  readonly log: EventLog;
  readonly chain: Pick<LogChain, 'beginEra'>;
  readonly clock: Clock;
  readonly projectors: Catalog['projectors'];
  readonly checkpoint: (projector: string) => Promise<Checkpoint | undefined>;
  /** Makes a projector forget what it derived from a log that is gone. */
  readonly beginAfresh: Catalog['beginAfresh'];
  /** Keys that had been destroyed may have come back with a backup. */
  readonly eraseAgain: () => Promise<{ readonly streams: number }>;
  /** What was delivered after the backup is in no fact now, but its raw bytes are. */
  readonly reprocess: () => Promise<{ readonly published: number }>;
}

/**
 * Says that the log, or the keys, came from a backup. Positions are used again from here on, so all that
 * is fenced by them needs an era greater than any that anybody has seen.
 */
export const declareRestored = (ports: DeclareRestoredParts) => async (): Promise<Restored> => {
  const { log, chain, clock, projectors, checkpoint } = ports;
  // First of all, before anything opens what must stay closed.
  const { streams: erased } = await ports.eraseAgain();
  const reached = await Promise.all(projectors.map(({ name }) => checkpoint(name)));
  const eras = [(await log.head()).era, ...reached.map((place) => place?.era ?? 0)];
  const lost: ProjectorName[] = [];
  for (const [i, { name }] of projectors.entries()) {
    const place = reached[i];
    if (place && !(await holdsCheckpoint(log, place))) lost.push(name);
  }
  const head = await chain.beginEra(Math.max(clock.now(), ...eras.map((era) => era + 1)));
  for (const name of lost) await ports.beginAfresh(name);
  const { published } = await ports.reprocess();
  return { era: head.era, position: head.position, afresh: lost, erased, republished: published };
};
