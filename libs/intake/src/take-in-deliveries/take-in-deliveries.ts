import { BACKFILLED, decodeDelivery, type Delivery } from '#libs/contracts';
import { asFault, fault, succeeded, type Fault, type Id } from '#libs/kernel';
import type { Journal, FactObservation, WrittenObservation } from '#libs/journal';
import type { Bus } from '#libs/ports/bus';
import type { PutOutcome } from '#libs/ports/documents';
import type { DraftFact, Observed } from '#libs/ports/event-log';
import type { Normalised } from '#libs/ports/provider';

import type { Deliveries, Yielded } from '../deliveries/deliveries.js';
import { readerOf, type KnownSources } from '../sources.js';
import { piecesOf } from './pieces.js';
import { publishHints, type HintOf } from './publish-hints.js';

/** `undefined`: the delivery is kept and its facts are in the log. */
export type TakenIn = Fault | undefined;

/** What became of one delivery, for counters. */
export interface Noticed {
  readonly source: string;
  readonly receivedAt: number;
  readonly became: 'taken' | 'repeated' | 'canary';
  /** Of a kind that we know. */
  readonly understood: boolean;
  readonly failed: boolean;
}

interface TakeInParts extends KnownSources {
  readonly deliveries: Deliveries;
  readonly journal: Journal;
  readonly bus: Bus;
  /** Told once all of a batch is in the log. */
  readonly notice?: (noticed: readonly Noticed[]) => void;
}

/** What is held of a delivery while its batch waits: texts instead of the objects they were made from. */
interface WaitingDelivery {
  readonly delivery: Delivery;
  readonly written: readonly WrittenObservation[];
  /** Why it is not understood; its raw bytes are kept all the same. */
  readonly failure: TakenIn;
  readonly canary: boolean;
  readonly understood: boolean;
  readonly normaliser: number;
  readonly hints: readonly HintOf[];
}

interface TakenDelivery extends WaitingDelivery {
  /** Those that are in the log when this is over. */
  readonly facts: readonly Id[];
  readonly fault: TakenIn;
}

/** One answer per message, in order. What a followed database says comes in large messages: few of them at once. */
export const takeInDeliveries = (parts: TakeInParts) => {
  const takeIn = takeInAtOnce(parts);
  return async (messages: readonly Uint8Array[]): Promise<readonly TakenIn[]> => {
    const taken: TakenIn[] = [];
    for (const piece of piecesOf(messages)) taken.push(...(await takeIn(piece)));
    return taken;
  };
};

/**
 * Keep, append, hint, acknowledge, in that order, each safe to repeat: a crash anywhere means again,
 * and again means the same ids.
 */
const takeInAtOnce =
  ({ deliveries, journal, bus, notice, ...known }: TakeInParts) =>
  async (messages: readonly Uint8Array[]): Promise<readonly TakenIn[]> => {
    const readings = messages.map((bytes) => read(known, journal, bytes));
    const good = readings.filter(succeeded);
    const parts = good.map(({ canary, delivery }) => (canary ? [] : deliveries.parts(delivery)));
    const { drafts, sealed } = await journal.draft(
      good.flatMap(({ written }) => written),
      parts.flat(),
    );

    let at = 0;
    const outcomes = good.map((reading): TakenDelivery => {
      const own = drafts.slice(at, (at += reading.written.length));
      const fitting = own.filter((draft) => journal.fits(draft));
      const facts = fitting.map(({ id }) => id);
      return { ...reading, facts, fault: faultOf(reading, fitting.length < own.length) };
    });
    let part = 0;
    const yielded = outcomes.map(({ delivery, facts, fault: cause, normaliser }, i) => ({
      delivery,
      sealed: sealed.slice(part, (part += parts[i]?.length ?? 0)),
      facts,
      failed: cause !== undefined,
      normaliser,
    }));
    const kept = yielded.filter((_, i) => !outcomes[i]?.canary);
    const keeping = kept.length > 0 ? await deliveries.keep(kept) : [];
    const observed = await journal.observe(drafts);
    const told = observed.map((one, i) => ({ ...one, id: drafts[i]?.id ?? '' }));
    await deliveries.keepRepeated(repeatedIn(yielded, outcomes, told));
    await publishHints(
      bus,
      good.flatMap(({ hints }) => hints),
    );
    notice?.(noticedIn(outcomes, keeping));

    let next = 0;
    return readings.map((reading) => (succeeded(reading) ? outcomes[next++]?.fault : reading));
  };

/** What each delivery yielded that was in the log already; a message that comes again repeats its own. */
const repeatedIn = (
  yielded: readonly Yielded[],
  outcomes: readonly TakenDelivery[],
  observed: readonly (Observed & Pick<DraftFact, 'id'>)[],
): readonly Yielded[] => {
  let at = 0;
  return yielded.flatMap((one, i) => {
    const own = observed.slice(at, (at += outcomes[i]?.written.length ?? 0));
    const facts = own.flatMap(({ id, outcome }) => (outcome === 'known' ? [id] : []));
    return outcomes[i]?.canary || facts.length === 0 ? [] : [{ ...one, facts }];
  });
};

const noticedIn = (
  outcomes: readonly TakenDelivery[],
  keeping: readonly PutOutcome[],
): readonly Noticed[] => {
  let kept = 0;
  return outcomes.map(({ delivery: { source, receivedAt }, canary, understood, fault: cause }) => ({
    ...{ source, receivedAt, understood, failed: cause !== undefined },
    became: canary ? 'canary' : keeping[kept++] === 'written' ? 'taken' : 'repeated',
  }));
};

/** A fact that the log will not take parks its delivery: the raw bytes stay until a normaliser keeps less. */
const faultOf = ({ delivery, failure }: WaitingDelivery, tooLarge: boolean): TakenIn => {
  if (failure || !tooLarge) return failure;
  return fault('LOG_FACT_TOO_LARGE', { details: { delivery: delivery.id } });
};

const hintsOf = (source: string, normalised: Normalised | Fault): readonly HintOf[] =>
  succeeded(normalised) && normalised.understood && 'hints' in normalised
    ? (normalised.hints ?? []).map((hint) => ({ source, ...hint }))
    : [];

const normaliserOf = ([first]: readonly FactObservation[]): number => {
  const version = first?.data['normaliser'];
  return typeof version === 'number' ? version : 0;
};

const isCanary = (normalised: Normalised | Fault): boolean =>
  succeeded(normalised) && normalised.understood && 'canary' in normalised;

const read = (
  known: KnownSources,
  journal: Journal,
  bytes: Uint8Array,
): WaitingDelivery | Fault => {
  try {
    const delivery = decodeDelivery(bytes);
    const normalised = normalise(known, delivery);
    const observations = observationsOf(known, delivery, normalised);
    return {
      delivery,
      written: observations.map((observation) => journal.write(observation)),
      failure: succeeded(normalised) ? undefined : normalised,
      canary: isCanary(normalised),
      understood: !succeeded(normalised) || isUnderstood(normalised),
      normaliser: normaliserOf(observations),
      hints: hintsOf(delivery.source, normalised),
    };
  } catch (thrown) {
    return asFault(thrown);
  }
};

/** A normaliser that throws is a defect of ours: the raw bytes are kept all the same. */
const normalise = (known: KnownSources, delivery: Delivery): Normalised | Fault => {
  const reader = readerOf(known, delivery.source);
  if (!reader) return fault('INTAKE_SOURCE_UNKNOWN', { details: { source: delivery.source } });
  try {
    return reader.normalise({ ...delivery, account: reader.account });
  } catch (thrown) {
    return asFault(thrown);
  }
};

const observationsOf = (
  known: KnownSources,
  delivery: Delivery,
  normalised: Normalised | Fault,
): readonly FactObservation[] => {
  if (!succeeded(normalised)) return [];
  const { id, source, sourceTime, traceparent, headers } = delivery;
  const meta = {
    causationId: id,
    correlationId: id,
    source: `${source}/${readerOf(known, source)?.account}`,
    ...(traceparent !== undefined && { traceparent }),
    ...(headers[BACKFILLED] === 'true' && { backfilled: true as const }),
  };
  const notUnderstood = (reason: string, event?: string): FactObservation => ({
    type: 'intake.delivery.not_understood.v1',
    stream: `delivery/${id}`,
    // Not the time of receipt: a delivery sent twice is not understood once.
    occurredAt: sourceTime,
    data: { delivery: id, ...(event !== undefined && { event }), reason, source },
    meta,
  });
  if (!normalised.understood) return [notUnderstood(normalised.reason, normalised.event)];
  if ('canary' in normalised) return [canaryOf(source, normalised.sentAt, meta)];
  return [
    ...normalised.observations.map((observation) => ({ ...observation, meta })),
    ...(normalised.leftOut ?? []).map((reason) => notUnderstood(reason)),
  ];
};

/** All of it. */
const isUnderstood = (normalised: Normalised): boolean =>
  normalised.understood && !('leftOut' in normalised && normalised.leftOut?.length);

const HOUR_MS = 3_600_000;

/**
 * The log keeps one canary an hour of each door. All canaries within one hour have one content, so one id, and the
 * log skips an id that it knows. That one goes the whole way; each of the others still needs door, bus, intake and
 * log.
 */
const canaryOf = (door: string, sentAt: number, meta: FactObservation['meta']): FactObservation => {
  const hour = Math.floor(sentAt / HOUR_MS) * HOUR_MS;
  return {
    type: 'operations.canary.observed.v1',
    stream: `canary/${door}`,
    occurredAt: hour,
    data: { door, sentAt: hour },
    meta,
  };
};
