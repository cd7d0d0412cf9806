import { createJournal, type DecidedEvent, type Decider } from '#libs/journal';
import type { EventLog, StoredFact } from '#libs/ports/event-log';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const STREAM = 'contact/spec.main.1';
const TYPE = 'intake.contact.observed.v1';
const META = { source: 'spec/main', causationId: 'a', correlationId: 'a' };

interface ContactNamed extends DecidedEvent {
  readonly type: typeof TYPE;
  readonly personal?: { readonly contact: { readonly firstName: string } };
}

/** Names that were taken in a stream, each once, until it has as many as the command allows. */
interface TakeName {
  readonly name: string;
  readonly most: number;
}

const named = (name: string): ContactNamed => ({
  ...{ type: TYPE, occurredAt: 1_789_377_124_000 },
  data: { event: 'spec', contact: { id: `spec.main.${name}` }, normaliser: 1, rank: 1 },
  personal: { contact: { firstName: name } },
});

const names: Decider<TakeName, readonly string[], ContactNamed> = {
  types: [TYPE],
  initial: [],
  evolve: (taken, { personal }) => [...taken, personal?.contact.firstName ?? 'erased'],
  decide: ({ name, most }, taken) =>
    taken.includes(name) || taken.length >= most ? [] : [named(name)],
};

let parts: EmbeddedParts;
const take = (name: string, most = 100, log: EventLog = parts.log) =>
  createJournal({ log, keys: parts.keys }).decide(names, {
    stream: STREAM,
    command: () => ({ name, most }),
    metaOf: () => META,
  });
const stored = (): Promise<readonly StoredFact[]> => parts.log.stream(STREAM, 0, 100);

beforeEach(async () => {
  parts = await openEmbedded();
});
afterEach(() => parts.close());

describe('deciding', () => {
  it('appends what was decided and answers the state after it', async () => {
    expect(await take('Zelda')).toMatchObject({
      state: ['Zelda'],
      events: [{ ...named('Zelda'), version: 1 }],
    });
    expect((await take('Zoe')).state).toEqual(['Zelda', 'Zoe']);
    expect((await stored()).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('appends nothing where nothing follows, and answers the state', async () => {
    await take('Zelda');
    expect(await take('Zelda')).toEqual({ state: ['Zelda'], events: [] });
    expect(await stored()).toHaveLength(1);
  });

  it('derives the id from the content and seals what is personal, as for observations', async () => {
    await take('Zelda');
    const [fact] = await stored();
    const [draft] = await parts.journal.prepare([
      { ...named('Zelda'), stream: STREAM, meta: { ...META, causationId: 'another' } },
    ]);
    expect(fact?.id).toBe(draft?.id);
    expect(Buffer.from(fact?.personal ?? []).includes('Zelda')).toBe(false);
  });

  it('lets competing writers all come in, and holds their rule', async () => {
    const wanted = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eva'];
    await Promise.all(wanted.map((name) => take(name)));
    expect([...(await take('Ada')).state].sort()).toEqual(wanted);
    await Promise.all(['Finn', 'Gus', 'Hal'].map((name) => take(name, 6)));
    expect(await stored()).toHaveLength(6);
  });

  it('reads again after a conflict, and decides on what it finds', async () => {
    let wasBeaten = false;
    const log: EventLog = beside(parts.log, async () => {
      if (!wasBeaten) await take('Zelda');
      wasBeaten = true;
    });
    expect(await take('Zelda', 100, log)).toMatchObject({ state: ['Zelda'] });
    expect(wasBeaten).toBe(true);
    expect(await stored()).toHaveLength(1);
  });

  it('gives up when it loses again and again', async () => {
    let beaten = 0;
    const log = beside(parts.log, async () => void (await take(`other ${beaten++}`)));
    await expect(take('Zelda', 100, log)).rejects.toMatchObject({ code: 'LOG_VERSION_CONFLICT' });
    expect(beaten).toBe(10);
  });

  it('goes on from a kept state, and folds a stream that was erased', async () => {
    await take('Zelda');
    const from = { state: ['as kept'], version: 1 };
    expect(await parts.journal.stateOf(names, STREAM, from)).toEqual(['as kept']);
    await parts.keys.destroy([STREAM], parts.clock.now());
    await parts.journal.forgetStreams([STREAM]);
    expect(await parts.journal.stateOf(names, STREAM)).toEqual(['erased']);
  });

  it('refuses a fact that is none of the stream it stands in', async () => {
    const strange = { ...names, types: [] };
    await take('Zelda');
    await expect(parts.journal.stateOf(strange, STREAM)).rejects.toMatchObject({
      code: 'FACT_SCHEMA_UNKNOWN',
    });
  });

  it('says that a fact is too large', async () => {
    await expect(take('Z'.repeat(300_000))).rejects.toMatchObject({ code: 'LOG_FACT_TOO_LARGE' });
    expect(await stored()).toEqual([]);
  });
});

/** The log, where somebody else does something before each decision. */
const beside = (log: EventLog, before: () => Promise<void>): EventLog => ({
  observe: (facts) => log.observe(facts),
  decide: async (...decision) => {
    await before();
    return log.decide(...decision);
  },
  stream: (...asked) => log.stream(...asked),
  read: (...asked) => log.read(...asked),
  find: (ids) => log.find(ids),
  wake: (...asked) => log.wake(...asked),
  head: () => log.head(),
});
