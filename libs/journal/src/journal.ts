import type { Fact, FactMeta } from '#libs/contracts';
import { canonicalJson, derivedId, textOf, utf8, type JsonObject } from '#libs/kernel';
import {
  excessBytes,
  type DraftFact,
  type EventLog,
  type Observed,
  type StoredFact,
} from '#libs/ports/event-log';
import type { Keys, Unsealed } from '#libs/ports/keys';

/** Something a provider told us, with why it is in the log. Its id follows from its content. */
export interface Observation {
  readonly type: string;
  readonly stream: string;
  readonly occurredAt: number;
  readonly data: JsonObject;
  readonly personal?: JsonObject;
  readonly meta: FactMeta;
}

/** An observation as the texts that will be stored: all that is held of it while its batch waits. */
export interface Written {
  readonly type: string;
  readonly stream: string;
  readonly occurredAt: number;
  readonly meta: string;
  readonly data: string;
  readonly personal: string | undefined;
}

export interface Drafted {
  readonly drafts: readonly DraftFact[];
  /** What was to be sealed beside them, in order; `undefined` where the stream's key has been destroyed. */
  readonly sealed: readonly (Uint8Array | undefined)[];
}

/** The one way facts go into the log and come out: ids derived, personal parts sealed and opened. */
export interface Journal {
  write(observation: Observation): Written;

  /**
   * Derives ids and seals, in two questions to the keys however many there are; whatever else the batch has
   * to seal goes in the same question. Stores nothing yet.
   */
  draft(written: readonly Written[], beside: readonly Unsealed[]): Promise<Drafted>;

  /** Both in one, for who has nothing to seal beside. */
  prepare(observations: readonly Observation[]): Promise<readonly DraftFact[]>;

  /** Whether the log will take it: one that is too large is refused alone. */
  fits(draft: DraftFact): boolean;

  observe(drafts: readonly DraftFact[]): Promise<readonly Observed[]>;

  /** Decodes stored facts without opening anything: ids and times, for choosing which to open. */
  decode(facts: readonly StoredFact[]): readonly Fact[];

  /** Opens stored facts; a personal part whose key was destroyed is simply missing. */
  open(facts: readonly StoredFact[]): Promise<readonly Fact[]>;

  /** The same, each decoded when it is its turn: a batch is never held as objects as a whole. */
  openEach(facts: readonly StoredFact[]): Promise<Iterable<Fact>>;
}

export const createJournal = ({ log, keys }: { log: EventLog; keys: Keys }): Journal => ({
  write,

  draft: (written, beside) => draft(keys, written, beside),

  prepare: async (observations) => (await draft(keys, observations.map(write), [])).drafts,

  fits: (draft) => excessBytes(draft) === undefined,

  observe: (drafts) => log.observe(drafts),

  decode: (facts) => facts.map((stored) => decoded(stored, undefined)),

  open: async (facts) => [...(await opened(keys, facts))],

  openEach: (facts) => opened(keys, facts),
});

const opened = async (keys: Keys, facts: readonly StoredFact[]): Promise<Iterable<Fact>> => {
  const sealed = facts.flatMap(({ stream, personal }) =>
    personal ? [{ stream, sealed: personal }] : [],
  );
  const plains = sealed.length > 0 ? await keys.open(sealed) : [];
  return decodedEach(facts, plains);
};

function* decodedEach(
  facts: readonly StoredFact[],
  plains: readonly (Uint8Array | undefined)[],
): Iterable<Fact> {
  let at = 0;
  for (const stored of facts)
    yield decoded(stored, stored.personal === undefined ? undefined : plains[at++]);
}

const write = ({ type, stream, occurredAt, meta, data, personal }: Observation): Written => ({
  type,
  stream,
  occurredAt,
  meta: canonicalJson(meta),
  data: canonicalJson(data),
  personal: personal && canonicalJson(personal),
});

const draft = async (
  keys: Keys,
  written: readonly Written[],
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
const identity = ({ type, stream, occurredAt, data, personal }: Written): string =>
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
