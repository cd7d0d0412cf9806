import type { Fact, FactMeta } from '#libs/contracts';
import { canonicalJson, derivedId, textOf, utf8, type JsonObject } from '#libs/kernel';
import {
  excessBytes,
  type DraftFact,
  type EventLog,
  type Observed,
  type StoredFact,
} from '#libs/ports/event-log';
import type { Keys, Sealed, Unsealed } from '#libs/ports/keys';

import type { DecidedEvent, Decider, Evolution } from './decider.js';
import { ErasedStreams } from './erased-streams.js';
import type { FactObservation, WrittenObservation } from './observation.js';
import {
  readStream,
  runDecider,
  type CommandForStream,
  type DecisionOutcome,
  type DeciderParts,
  type StreamSnapshot,
} from './run-decider.js';

export interface Drafted {
  readonly drafts: readonly DraftFact[];
  /** What was to be sealed beside them, in order; `undefined` where the stream's key has been destroyed. */
  readonly sealed: readonly (Uint8Array | undefined)[];
}

/** The one way facts go into the log and come out: ids derived, personal parts sealed and opened. */
export interface Journal {
  write(observation: FactObservation): WrittenObservation;

  /**
   * Derives ids and seals, in two questions to the keys for any number. All else that the batch has to seal goes in
   * the same question. Stores nothing yet.
   */
  draft(written: readonly WrittenObservation[], beside: readonly Unsealed[]): Promise<Drafted>;

  /** Both in one, for who has nothing to seal beside. */
  prepare(observations: readonly FactObservation[]): Promise<readonly DraftFact[]>;

  /** Whether the log will take it: one that is too large is refused alone. */
  fits(draft: DraftFact): boolean;

  observe(drafts: readonly DraftFact[]): Promise<readonly Observed[]>;

  /**
   * Lets a decider decide on the state of its stream and appends what follows. Where somebody else was quicker, it
   * reads again and decides again. Throws `LOG_VERSION_CONFLICT` when it loses ten times in a row.
   */
  decide<Command, State, Event extends DecidedEvent>(
    decider: Decider<Command, State, Event>,
    request: CommandForStream<Command, State, Event>,
  ): Promise<DecisionOutcome<State, Event>>;

  /** The state of a decided stream as the log says it now, read from a kept state on where there is one. */
  stateOf<State, Event extends DecidedEvent>(
    evolution: Evolution<State, Event>,
    stream: string,
    from?: StreamSnapshot<State>,
  ): Promise<State>;

  /** The first fact of a stream, without opening it: whose a decided stream is, before anything of it is read. */
  firstOf(stream: string): Promise<Fact | undefined>;

  /** Decodes stored facts without opening anything: ids and times, for choosing which to open. */
  decode(facts: readonly StoredFact[]): readonly Fact[];

  /**
   * Opens stored facts. The personal part of an erased stream is missing for every fact of the stream, even if this
   * process still remembers the key. Reads first which streams were erased since the last time.
   */
  open(facts: readonly StoredFact[]): Promise<readonly Fact[]>;

  /**
   * Opens too, and decodes each fact when it is its turn: a batch is never held as objects as a whole. Knows only the
   * erasures that it was told: code that follows the log meets them and calls `forgetStreams`.
   */
  openEach(facts: readonly StoredFact[]): Promise<Iterable<Fact>>;

  /** Reads which streams the log says are erased. Answers the position up to which all of them are known. */
  readErasures(): Promise<number>;

  /** Of these streams, those that the log says were erased after this position. */
  erasedSince(position: number, streams: readonly string[]): Promise<readonly string[]>;

  /** From now on these streams have no personal part, and this process remembers no key of theirs. */
  forgetStreams(streams: readonly string[]): Promise<void>;
}

export const createJournal = ({ log, keys }: { log: EventLog; keys: Keys }): Journal => {
  const erased = new ErasedStreams(log);
  const prepare: Journal['prepare'] = async (observations) =>
    (await draft(keys, observations.map(write), [])).drafts;
  const open: Journal['open'] = async (facts) => {
    if (facts.some(({ personal }) => personal !== undefined)) await erased.read();
    return [...(await opened(keys, erased, facts))];
  };
  const runner: DeciderParts = { log, prepare, open };
  return {
    write,

    draft: (written, beside) => draft(keys, written, beside),

    prepare,

    fits: (draft) => excessBytes(draft) === undefined,

    observe: (drafts) => log.observe(drafts),

    decide: (decider, request) => runDecider(runner, decider, request),

    stateOf: async (evolution, stream, from) =>
      (await readStream(runner, evolution, { stream, from })).state,

    async firstOf(stream) {
      const [first] = await log.stream(stream, 0, 1);
      return first && decoded(first, undefined);
    },

    decode: (facts) => facts.map((stored) => decoded(stored, undefined)),

    open,

    async openEach(facts) {
      await erased.known();
      return opened(keys, erased, facts);
    },

    readErasures: () => erased.read(),

    erasedSince: (position, streams) => erased.since(position, streams),

    async forgetStreams(streams) {
      erased.add(streams);
      await keys.forget(streams);
    },
  };
};

const opened = async (
  keys: Keys,
  erased: ErasedStreams,
  facts: readonly StoredFact[],
): Promise<Iterable<Fact>> => {
  const sealed: Sealed[] = [];
  for (const { stream, personal } of facts)
    if (personal && !erased.has(stream)) sealed.push({ stream, sealed: personal });
  const plains = sealed.length > 0 ? await keys.open(sealed) : [];
  return decodedEach(facts, sealed, plains);
};

/** What is not among `sealed` belongs to an erased stream. */
function* decodedEach(
  facts: readonly StoredFact[],
  sealed: readonly Sealed[],
  plains: readonly (Uint8Array | undefined)[],
): Iterable<Fact> {
  let at = 0;
  for (const stored of facts) {
    const isOpened = stored.personal !== undefined && sealed[at]?.sealed === stored.personal;
    yield decoded(stored, isOpened ? plains[at++] : undefined);
  }
}

const write = ({
  type,
  stream,
  occurredAt,
  meta,
  data,
  personal,
}: FactObservation): WrittenObservation => ({
  type,
  stream,
  occurredAt,
  meta: canonicalJson(meta),
  data: canonicalJson(data),
  personal: personal && canonicalJson(personal),
});

const draft = async (
  keys: Keys,
  written: readonly WrittenObservation[],
  beside: readonly Unsealed[],
): Promise<Drafted> => {
  const prints = await keys.fingerprint(written.map((one) => utf8(identity(one))));
  const unsealed = written.flatMap(({ stream, personal }) =>
    personal === undefined ? [] : [{ stream, plain: utf8(personal) }],
  );
  const all = [...unsealed, ...beside];
  const sealed = all.length > 0 ? await keys.seal(all) : [];
  let at = 0;
  const drafts = written.map(({ type, stream, occurredAt, meta, data, personal }, i): DraftFact => {
    const id = derivedId(occurredAt, prints[i] ?? new Uint8Array());
    const hidden = personal === undefined ? undefined : sealed[at++];
    return { id, type, stream, occurredAt, meta, data, ...(hidden && { personal: hidden }) };
  });
  return { drafts, sealed: sealed.slice(at) };
};

/** Content alone, never when or how it came: the same thing told twice is one fact. */
const identity = ({ type, stream, occurredAt, data, personal }: WrittenObservation): string =>
  `${type}\n${stream}\n${occurredAt}\n${data}\n${personal ?? ''}`;

const decoded = (stored: StoredFact, plain: Uint8Array | undefined): Fact => {
  const { meta, data, personal: _sealed, ...rest } = stored;
  return {
    ...rest,
    ...(JSON.parse(meta) as FactMeta),
    data: JSON.parse(data) as JsonObject,
    ...(plain && { personal: JSON.parse(textOf(plain)) as JsonObject }),
  };
};
