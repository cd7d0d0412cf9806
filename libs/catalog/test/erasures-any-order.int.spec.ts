import {
  compareGenerations,
  eraseStreams,
  kindNames,
  projectRecords,
  recordCollection,
} from '#libs/catalog';
import { createJournal, ERASURES, type FactObservation } from '#libs/journal';
import { canonicalJson, type JsonObject } from '#libs/kernel';
import type { Keys } from '#libs/ports/keys';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

const START = 1_789_377_124_000;

/** Few things and few moments: where the order or the same second could matter, it does. */
const moment = fc.integer({ min: START, max: START + 3 });
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const contactId = fc.constantFrom('a.c1', 'a.c2');
const guestId = fc.constantFrom('g.g1', 'g.g2');
const colleagueId = fc.constantFrom('a.u1', 'a.u2');
const colleagueName = some(fc.constantFrom('Tom', 'Tomas'));
const reservationId = fc.constantFrom('g.r1', 'g.r2');
const rank = fc.integer({ min: 10, max: 12 });

type Said = Pick<FactObservation, 'type' | 'stream' | 'occurredAt' | 'data' | 'personal'>;

/** Words hold the name of their stream, so that a test sees whose they were. */
const observation = (
  stream: string,
  { at, rank: of }: { readonly at: number; readonly rank: number },
  data: object,
  personal: object,
): Said => ({
  type: `intake.${stream.slice(0, stream.indexOf('/'))}.observed.v1`,
  stream,
  occurredAt: at,
  data: plain({ event: 'e', normaliser: 1, rank: of, ...data }),
  personal: plain(personal),
});

/** Without what is undefined, as JSON has it. */
const plain = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

const called = (stream: string, word: string | undefined) =>
  word === undefined ? undefined : `${word} of ${stream}`;
const word = some(fc.constantFrom('one', 'two'));

const withContact = (kind: 'call' | 'phone_message') =>
  fc
    .record({
      id: fc.constantFrom('a.1', 'a.2', 'a.3'),
      at: moment,
      rank,
      contact: some(contactId),
    })
    .chain((base) =>
      fc
        .record({
          word,
          note: word,
          of: some(colleagueId),
          colleagueName,
          lineName: word,
          changed: some(moment),
        })
        .map(({ changed, colleagueName: name, lineName, note, of, word: first }) => {
          const stream = `${kind}/${base.id}`;
          const thing = kind === 'call' ? { call: base.id } : { message: base.id };
          return observation(
            stream,
            base,
            {
              ...thing,
              ...(base.contact && {
                contact: { id: base.contact, ...(changed && { updatedAt: changed }) },
              }),
              ...(of && { colleagues: [{ id: of, state: 'on' }], colleague: of }),
              line: { id: 'a.l1', open: true },
            },
            {
              ...(base.contact && {
                contact: { firstName: called(stream, first), information: called(stream, note) },
              }),
              ...(of && { colleagues: [{ id: of, name, mail: name && `${name}@inn` }] }),
              line: { name: lineName },
              phone: `+4477009001${base.id.slice(-1)}`,
            },
          );
        }),
    );

const contacts = fc
  .record({ id: contactId, at: moment, rank, word, note: word })
  .map(({ at, id, note, rank: of, word: first }) => {
    const stream = `contact/${id}`;
    return observation(
      `contact/${id}`,
      { at, rank: of },
      { contact: { id } },
      {
        contact: { firstName: called(stream, first), information: called(stream, note) },
      },
    );
  });

const colleagues = fc
  .record({ id: colleagueId, at: moment, rank, name: colleagueName })
  .map(({ at, id, name, rank: of }) =>
    observation(
      `colleague/${id}`,
      { at, rank: of },
      { colleague: { id, state: 'off' } },
      { colleague: { id, name } },
    ),
  );

const reservations = fc
  .record({ id: reservationId, at: moment, rank, guest: some(guestId), word, whole: fc.boolean() })
  .map(({ at, guest, id, rank: of, whole, word: name }) =>
    observation(
      `reservation/${id}`,
      { at, rank: of },
      {
        reservation: id,
        ...(guest && { guest }),
        ...(whole && { answer: 'whole' }),
        money: { currency: 'EUR', payments: [{ id: 'g.p1', status: 'paid' }] },
      },
      { guestName: called(`reservation/${id}`, name) },
    ),
  );

const guests = fc
  .record({ id: guestId, at: moment, rank, word })
  .map(({ at, id, rank: of, word: name }) =>
    observation(
      `guest/${id}`,
      { at, rank: of },
      { guest: id },
      { fullName: called(`guest/${id}`, name) },
    ),
  );

const payments = fc
  .record({ at: moment, rank, reservation: some(reservationId), word })
  .map(({ at, rank: of, reservation, word: name }) =>
    observation(
      'payment/g.p1',
      { at, rank: of },
      { payment: 'g.p1', reservation, step: 'received' },
      {
        name: called('payment/g.p1', name),
      },
    ),
  );

const guestMessages = fc
  .record({
    id: fc.constantFrom('g.m1', 'g.m2'),
    at: moment,
    rank,
    of: some(colleagueId),
    name: colleagueName,
    word,
  })
  .map(({ at, id, name, of, rank: ranked, word: text }) =>
    observation(
      `guest_message/${id}`,
      { at, rank: ranked },
      { message: id, author: { kind: 'host', colleague: of } },
      {
        authorName: name,
        text: called(`guest_message/${id}`, text),
      },
    ),
  );

const said = fc.oneof(
  { weight: 4, arbitrary: withContact('call') },
  withContact('phone_message'),
  { weight: 2, arbitrary: contacts },
  ...[colleagues, reservations, guests, payments, guestMessages],
);

type Step =
  | { readonly tell: readonly Said[] }
  /** `between` comes in after the words of colleagues were told again, and before the keys are gone. */
  | { readonly erase: readonly number[]; readonly between: readonly Said[] }
  | { readonly project: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ tell: fc.array(said, { minLength: 1, maxLength: 5 }) }) },
    fc.record({
      erase: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
      between: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        fc.array(said, { maxLength: 2 }),
      ),
    }),
    { weight: 2, arbitrary: fc.record({ project: fc.integer({ min: 1, max: 9 }) }) },
  ),
  { minLength: 2, maxLength: 14 },
);

/** A process that remembers every key it ever used, even if another destroyed it since. */
const remembering = (keys: Keys): Keys => {
  const known = new Map<string, Uint8Array>();
  const nameOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return {
    fingerprint: (values) => keys.fingerprint(values),
    destroy: (streams, at) => keys.destroy(streams, at),
    tombstones: () => keys.tombstones(),
    retire: (streams) => keys.retire(streams),
    // Worse than any process: it is told to forget and does not.
    forget: () => Promise.resolve(),
    async seal(items) {
      const sealed = await keys.seal(items);
      sealed.forEach((one, i) => {
        const plain = items[i]?.plain;
        if (one && plain) known.set(nameOf(one), plain);
      });
      return sealed;
    },
    open: async (items) => items.map(({ sealed }) => known.get(nameOf(sealed))),
  };
};

class Story {
  readonly #journal;
  readonly #project;
  #reached = 1;

  constructor(
    private readonly parts: EmbeddedParts,
    private readonly keys: Keys,
  ) {
    this.#journal = createJournal({ log: parts.log, keys });
    this.#project = projectRecords({ ...parts, journal: this.#journal });
  }

  async take(step: Step): Promise<void> {
    if ('tell' in step) await this.#tell(step.tell);
    else if ('project' in step) await this.#projectSome(step.project);
    else await this.#erase(step.erase, step.between);
  }

  async #tell(all: readonly Said[]): Promise<void> {
    const meta = { source: 'a/b', causationId: 'a delivery', correlationId: 'a delivery' };
    const journal = this.#journal;
    await journal.observe(await journal.prepare(all.map((one) => ({ ...one, meta }))));
  }

  async #erase(which: readonly number[], between: readonly Said[]): Promise<void> {
    const all = [...new Set((await this.parts.log.read(1, 5000)).map(({ stream }) => stream))];
    const streams = all.filter(
      (stream) =>
        stream !== ERASURES &&
        !stream.startsWith('colleague/') &&
        !stream.startsWith('phone_number/'),
    );
    const chosen = [...new Set(which.flatMap((i) => streams[i % streams.length] ?? []))];
    if (chosen.length === 0) return;
    const destroy: Keys['destroy'] = async (names, at) => {
      await this.#tell(between);
      await this.parts.keys.destroy(names, at);
    };
    const { erase } = eraseStreams({
      ...this.parts,
      journal: this.#journal,
      keys: { ...this.keys, destroy },
      deliveriesYielding: () => Promise.resolve([]),
      mentioning: () => Promise.resolve({ letters: [], deliveries: [], quarantined: [] }),
      rawOf: () => Promise.resolve(undefined),
    });
    const nothing = { deliveries: [], facts: 0, kinds: {}, choices: [], finds: [], bounded: false };
    await erase({ ...nothing, streams: chosen }, 'Zoe');
    this.parts.clock.pass(1);
  }

  /** Some of it, and a part of that again, as after a crash. */
  async #projectSome(many: number): Promise<void> {
    const facts = await this.parts.log.read(this.#reached, many);
    await this.#project({ generation: 1, signals: true })(facts);
    this.#reached =
      facts.at(Math.floor(many / 2))?.position ?? facts.at(-1)?.position ?? this.#reached;
  }

  async toTheEnd(): Promise<void> {
    await this.#project({ generation: 1, signals: true })(
      await this.parts.log.read(this.#reached, 5000),
    );
  }

  /** By another process, which remembers as much. */
  async rebuild(): Promise<void> {
    const journal = createJournal({ log: this.parts.log, keys: this.keys });
    const erasedUpTo = await journal.readErasures();
    const project = projectRecords({ ...this.parts, journal });
    await project({ generation: 2, signals: false, erasedUpTo })(
      await this.parts.log.read(0, 5000),
    );
  }
}

const textOf = async ({ documents }: EmbeddedParts, generation: number): Promise<string> => {
  const texts: string[] = [];
  for (const kind of kindNames) {
    const { items } = await documents.query(recordCollection(kind, generation), { limit: 500 });
    texts.push(...items.map(({ body, id }) => `${kind}/${id} ${canonicalJson(body)}`));
  }
  return texts.join('\n');
};

const erasedStreams = async (parts: EmbeddedParts): Promise<readonly string[]> => {
  const facts = await parts.log.stream(ERASURES, 0, 1000);
  return facts.flatMap(({ data }) => (JSON.parse(data) as { streams: string[] }).streams);
};

describe('erasures in any place of any history', () => {
  it('leave what a rebuild makes, byte for byte, and no word of an erased stream', async () => {
    let erased = 0;
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (story) => {
        const parts = await openEmbedded();
        try {
          const told = new Story(parts, remembering(parts.keys));
          for (const step of story) await told.take(step);
          await told.toTheEnd();
          await told.rebuild();
          const [live, rebuilt] = [await textOf(parts, 1), await textOf(parts, 2)];
          expect(live).toBe(rebuilt);
          expect((await compareGenerations(parts, 1, 2)).differences).toBe(0);
          for (const stream of await erasedStreams(parts)) {
            expect(live).not.toContain(`of ${stream}"`);
            erased += 1;
          }
          // Words of those who stay carry the names of their streams, so the look can find some.
          if (/ of \w+\/[\w.]+"/u.test(live)) kept += 1;
        } finally {
          await parts.close();
        }
      }),
      { numRuns: 40 },
    );
    expect(Math.min(erased, kept)).toBeGreaterThan(0);
  }, 240_000);
});
