import type { Fact, FactMeta } from '#libs/contracts';
import { canonicalJson, derivedId, textOf, utf8, type JsonObject } from '#libs/kernel';
import {
  excessBytes,
  type DraftFact,
  type EventLog,
  type Observed,
  type StoredFact,
} from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

/** Something a provider told us, with why it is in the log. Its id follows from its content. */
export interface Observation {
  readonly type: string;
  readonly stream: string;
  readonly occurredAt: number;
  readonly data: JsonObject;
  readonly personal?: JsonObject;
  readonly meta: FactMeta;
}

/** The one way facts go into the log and come out: ids derived, personal parts sealed and opened. */
export interface Journal {
  /** Derives ids and seals, in two questions to the keys however many there are. Stores nothing yet. */
  prepare(observations: readonly Observation[]): Promise<readonly DraftFact[]>;

  /** Whether the log will take it: one that is too large is refused alone. */
  fits(draft: DraftFact): boolean;

  observe(drafts: readonly DraftFact[]): Promise<readonly Observed[]>;

  /** Decodes stored facts without opening anything: ids and times, for choosing which to open. */
  decode(facts: readonly StoredFact[]): readonly Fact[];

  /** Opens stored facts; a personal part whose key was destroyed is simply missing. */
  open(facts: readonly StoredFact[]): Promise<readonly Fact[]>;
}

export const createJournal = ({ log, keys }: { log: EventLog; keys: Keys }): Journal => ({
  async prepare(observations) {
    const texts = observations.map(({ data, personal }) => ({
      data: canonicalJson(data),
      personal: personal && canonicalJson(personal),
    }));
    const prints = await keys.fingerprint(
      observations.map((observation, i) => utf8(identity(observation, texts[i]))),
    );
    const withPersonal = observations.flatMap(({ stream }, i) => {
      const personal = texts[i]?.personal;
      return personal === undefined ? [] : [{ i, stream, plain: utf8(personal) }];
    });
    const sealed = withPersonal.length > 0 ? await keys.seal(withPersonal) : [];
    const sealedOf = new Map(withPersonal.map(({ i }, at) => [i, sealed[at]]));
    return observations.map(({ type, stream, occurredAt, meta }, i) => {
      const personal = sealedOf.get(i);
      return {
        id: derivedId(occurredAt, prints[i] ?? new Uint8Array()),
        type,
        stream,
        occurredAt,
        meta: canonicalJson(meta),
        data: texts[i]?.data ?? '{}',
        ...(personal && { personal }),
      };
    });
  },

  fits: (draft) => excessBytes(draft) === undefined,

  observe: (drafts) => log.observe(drafts),

  decode: (facts) => facts.map((stored) => decoded(stored, undefined)),

  async open(facts) {
    const withPersonal = facts.flatMap(({ stream, personal }, i) =>
      personal ? [{ i, stream, sealed: personal }] : [],
    );
    const plains = withPersonal.length > 0 ? await keys.open(withPersonal) : [];
    const plainOf = new Map(withPersonal.map(({ i }, at) => [i, plains[at]]));
    return facts.map((stored, i) => decoded(stored, plainOf.get(i)));
  },
});

/** Content alone, never when or how it came: the same thing told twice is one fact. */
const identity = (
  { type, stream, occurredAt }: Observation,
  texts: { data: string; personal?: string | undefined } | undefined,
): string => `${type}\n${stream}\n${occurredAt}\n${texts?.data}\n${texts?.personal ?? ''}`;

const decoded = (stored: StoredFact, plain: Uint8Array | undefined): Fact => {
  const { meta, data, personal: _sealed, ...rest } = stored;
  return {
    ...rest,
    ...(JSON.parse(meta) as FactMeta),
    data: JSON.parse(data) as JsonObject,
    ...(plain && { personal: JSON.parse(textOf(plain)) as JsonObject }),
  };
};
