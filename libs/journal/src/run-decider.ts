import { readFact, type Fact, type FactMeta } from '#libs/contracts';
import { fault, type Awaitable } from '#libs/kernel';
import type { DraftFact, EventLog, StoredFact } from '#libs/ports/event-log';

import type { DecidedEvent, Decider, Evolution, RecordedEvent } from './decider.js';
import type { FactObservation } from './observation.js';

/** A state of a stream that somebody kept, so that nobody reads the stream from its beginning. */
export interface StreamSnapshot<State> {
  readonly state: State;
  readonly version: number;
}

/** A command for one stream, and why its facts are in the log. */
export interface CommandForStream<Command, State, Event extends DecidedEvent> {
  readonly stream: string;
  /** Asked again for each attempt: an id or a time in it may depend on the state. */
  readonly command: (state: State) => Awaitable<Command>;
  readonly metaOf: (event: Event) => FactMeta;
  readonly from?: StreamSnapshot<State> | undefined;
}

/** The state after the decision, and the facts that this decision added: none where it changed nothing. */
export interface DecisionOutcome<State, Event extends DecidedEvent> {
  readonly state: State;
  readonly events: readonly RecordedEvent<Event>[];
}

/** What the runner needs of the journal. */
export interface DeciderParts {
  readonly log: Pick<EventLog, 'decide' | 'stream'>;
  readonly prepare: (observations: readonly FactObservation[]) => Promise<readonly DraftFact[]>;
  readonly open: (facts: readonly StoredFact[]) => Promise<readonly Fact[]>;
}

/** After this many lost races in a row the caller gets the conflict. Each loss means that somebody else went on. */
const ATTEMPTS = 10;
const PAGE = 500;

/** Reads, folds, decides and appends. The only place that tries again after a version conflict. */
export const runDecider = async <Command, State, Event extends DecidedEvent>(
  parts: DeciderParts,
  decider: Decider<Command, State, Event>,
  request: CommandForStream<Command, State, Event>,
): Promise<DecisionOutcome<State, Event>> => {
  const { stream, command, metaOf } = request;
  let snapshot = request.from;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    snapshot = await readStream(parts, decider, { stream, from: snapshot });
    const { state, version } = snapshot;
    const decided = decider.decide(await command(state), state);
    if (decided.length === 0) return { state, events: [] };
    const drafts = await parts.prepare(
      decided.map((event) => ({ ...event, stream, meta: metaOf(event) })),
    );
    const { outcome } = await parts.log.decide(stream, version, drafts);
    if (outcome === 'too_large') throw fault('LOG_FACT_TOO_LARGE', { details: { stream } });
    if (outcome === 'conflict') continue;
    // Read back, so that the state is what the log says also where it knew these facts already.
    const events = await eventsAfter(parts, decider, { stream, version, limit: drafts.length });
    return { state: events.reduce(decider.evolve, state), events };
  }
  throw fault('LOG_VERSION_CONFLICT', { details: { stream } });
};

/** The state of a stream as the log says it now. */
export const readStream = async <State, Event extends DecidedEvent>(
  parts: DeciderParts,
  evolution: Evolution<State, Event>,
  { stream, from }: { readonly stream: string; readonly from?: StreamSnapshot<State> | undefined },
): Promise<StreamSnapshot<State>> => {
  let { state, version } = from ?? { state: evolution.initial, version: 0 };
  for (;;) {
    const events = await eventsAfter(parts, evolution, { stream, version, limit: PAGE });
    state = events.reduce(evolution.evolve, state);
    version = events.at(-1)?.version ?? version;
    if (events.length < PAGE) return { state, version };
  }
};

const eventsAfter = async <State, Event extends DecidedEvent>(
  { log, open }: DeciderParts,
  evolution: Evolution<State, Event>,
  { stream, version, limit }: { stream: string; version: number; limit: number },
): Promise<readonly RecordedEvent<Event>[]> => {
  const facts = (await open(await log.stream(stream, version, limit))).map(readFact);
  return facts.map((fact) => {
    if (isOf(evolution, fact)) return fact;
    throw fault('FACT_SCHEMA_UNKNOWN', { details: { type: fact.type, stream } });
  });
};

const isOf = <State, Event extends DecidedEvent>(
  { types }: Evolution<State, Event>,
  fact: Fact,
): fact is Fact & RecordedEvent<Event> => types.includes(fact.type);
