import { composeAnswering, type Answering, type AnsweringParts } from '#libs/answering';
import { composeCatalog, eraseStreams } from '#libs/catalog';
import { createJournal, projectionsCollection, type FactObservation } from '#libs/journal';
import { userPrincipal } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { found, hitOf, openAnswering, type AnsweringWorld } from './answering-world.js';

const SAID = 'Quillon hid the key in the shed.';
const asker = userPrincipal('anna');
const principals = ['staff', asker];

const noticeOf = (id: string): FactObservation => ({
  type: 'intake.notice.observed.v1',
  stream: `notice/${id}`,
  occurredAt: 1_789_377_124_000,
  meta: { source: 'door/main', causationId: `delivery-${id}`, correlationId: 'a delivery' },
  data: { event: 'told', notice: id, normaliser: 1, rank: 10 },
  personal: { body: '{}', subject: SAID },
});

let world: AnsweringWorld;
let folded = 0;
let runs = 0;

/** As the projector does: all there is, then how far it came. */
const fold = async (): Promise<void> => {
  const { log, documents } = world.parts;
  const facts = await log.read(folded, 1000);
  await world.catalog.live.apply(facts);
  folded = facts.at(-1)?.position ?? folded;
  const [stored] = await documents.get(projectionsCollection, ['catalog']);
  const checkpoint = { id: 'catalog', body: { position: folded, era: 1, term: 1 } };
  await documents.swap(projectionsCollection, checkpoint, stored?.version ?? 0);
};

/** Erases as the role `api` does it, in two steps; what another does in between comes in between. */
const eraser = (notice: string) => {
  const erasing = eraseStreams({
    ...world.parts,
    deliveriesYielding: () => Promise.resolve([]),
    mentioning: () => Promise.resolve({ letters: [], deliveries: [], quarantined: [] }),
    rawOf: () => Promise.resolve(undefined),
  });
  let plan: Awaited<ReturnType<typeof erasing.plan>> | undefined;
  return {
    async erase() {
      plan = await erasing.plan(`notice/${notice}`);
      await erasing.erase(plan, 'zoe');
    },
    async lookForLate() {
      await fold();
      if (plan) await erasing.eraseLate(plan, 'zoe');
      await fold();
    },
  };
};

/** Counts the calls of ports, and does something before some of them. */
const counting = (doing: ReadonlyMap<number, () => Promise<void>>) => {
  let calls = 0;
  const step = async (): Promise<void> => doing.get((calls += 1))?.();
  const wrap = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, method) {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          await step();
          const answer: unknown = await Reflect.apply(value, target, args);
          await step();
          return answer;
        };
      },
    });
  return { wrap, step, calls: () => calls };
};

/** Answering in a process of its own, whose every call is a step; its search finds what the record says then. */
const answeringOn = (
  notice: string,
  { wrap, step }: ReturnType<typeof counting>,
  planted: Partial<AnsweringParts>,
): Answering => {
  const { log, keys, documents } = world.parts;
  const ports = { log: wrap(log), keys: wrap(keys), documents: wrap(documents) };
  const parts = { ...world.parts, ...ports, journal: createJournal(ports) };
  const { eraseQuoting, recordsFor } = composeCatalog({ ...parts, kindLimits: {} });
  return composeAnswering({
    ...{ ...world.answeringParts, ...parts, eraseQuoting, recordsFor },
    async search({ text }) {
      const shown = await recordsFor(principals).show('notice', notice);
      await step();
      return found(
        text,
        shown?.displayName === SAID ? { hits: [hitOf(`notice/${notice}`, SAID)] } : {},
      );
    },
    ...planted,
  });
};

interface Leak {
  readonly left: boolean;
  readonly calls: number;
}

/** Asks; somebody erases before call `first`, and has done so before call `second`. Whether a word of it is left. */
const raced = async (
  first: number,
  second: number,
  planted: Partial<AnsweringParts> = {},
): Promise<Leak> => {
  const notice = `door.main.${(runs += 1)}`;
  await world.parts.journal.observe(await world.parts.journal.prepare([noticeOf(notice)]));
  await fold();
  const { erase, lookForLate } = eraser(notice);
  const todo = [
    [first, erase],
    [second, lookForLate],
  ] as const;
  const counted = counting(
    new Map(
      todo.map(([at]) => [
        at,
        async () => {
          for (const [when, what] of todo) if (when === at) await what();
        },
      ]),
    ),
  );
  const answering = answeringOn(notice, counted, planted);
  const cause = `019ad3c2-5b00-7a11-8c22-${String(runs).padStart(12, '0')}`;
  const { conversation } = await answering.ask(
    { asker, principals, text: 'where is the key' },
    { actor: 'anna', cause },
  );
  const calls = counted.calls();
  for (const [at, what] of todo) if (at > calls) await what();
  const facts = await world.parts.log.stream(`dialogue/${conversation}`, 0, 10);
  expect(facts).toHaveLength(2);
  const opened = await createJournal(world.parts).open(facts);
  const shown = await world.answering.showDialogue({ asker, principals }, conversation);
  return { left: JSON.stringify([opened, shown]).includes('Quillon'), calls };
};

/** How many steps later somebody looks for what was asked meanwhile; at last once all is over. */
const LATER = [0, 3, 9, Infinity];

/** An erasure falls on each step of a question, and its look at some later ones. */
const firstLeak = async (planted: Partial<AnsweringParts> = {}): Promise<string | undefined> => {
  const { calls } = await raced(Infinity, Infinity, planted);
  for (let first = 1; first <= calls + 1; first++)
    for (const later of LATER)
      if ((await raced(first, first + later, planted)).left) return `${first} and ${later} later`;
  return undefined;
};

beforeEach(async () => {
  folded = 0;
  world = await openAnswering();
});
afterEach(() => world.parts.close());

describe('an answer on its way while its source is erased', () => {
  it('keeps no word of it, whenever the erasure falls', async () => {
    expect(await firstLeak()).toBeUndefined();
  });

  it('would keep it if nobody looked again', async () => {
    expect(
      await firstLeak({ eraseQuoting: () => Promise.resolve({ fact: '', position: 0 }) }),
    ).toBeDefined();
  });

  it('is erased after a crash, too, by who finds what the dead process left', async () => {
    const dying = () => new Promise<never>(() => undefined);
    const notice = `door.main.${(runs += 1)}`;
    await world.parts.journal.observe(await world.parts.journal.prepare([noticeOf(notice)]));
    await fold();
    const { erase, lookForLate } = eraser(notice);
    const { promise: died, resolve: die } = Promise.withResolvers<undefined>();
    let now = world.parts.clock.now();
    const clock = { now: () => now };
    const search: AnsweringParts['search'] = async ({ text }) => {
      const hits = [hitOf(`notice/${notice}`, SAID)];
      await Promise.resolve();
      return found(text, { hits });
    };
    const asking = composeAnswering({
      ...{ ...world.answeringParts, clock, search },
      // After the draft was looked at: the erasure comes, then the answer is kept, then the process dies.
      journal: {
        ...world.parts.journal,
        decide: async (decider, request) => {
          if ((await world.parts.log.stream(request.stream, 0, 10)).length > 0) {
            await erase();
            await lookForLate();
            await world.parts.journal.decide(decider, request);
            die(undefined);
            return dying();
          }
          return world.parts.journal.decide(decider, request);
        },
      },
    });
    const cause = `019ad3c2-5b00-7a11-8c22-${String(runs).padStart(12, '0')}`;
    void asking.ask({ asker, principals, text: 'where is the key' }, { actor: 'anna', cause });
    await died;
    const stored = () => world.parts.log.stream(`dialogue/${cause}`, 0, 10);
    const opened = async () =>
      JSON.stringify(await createJournal(world.parts).open(await stored()));
    expect(await opened()).toMatch(/Quillon/);
    const another = composeAnswering({ ...world.answeringParts, clock });
    expect(await another.lookAtLeftAnswers()).toEqual({ looked: 0 });
    now += 10 * 60_000;
    expect(await another.lookAtLeftAnswers()).toEqual({ looked: 1 });
    expect(await opened()).not.toMatch(/Quillon/);
    expect(await another.lookAtLeftAnswers()).toEqual({ looked: 0 });
  });

  it('stays where its source was erased long before, and only what is left of it is cited', async () => {
    const notice = `door.main.${(runs += 1)}`;
    await world.parts.journal.observe(await world.parts.journal.prepare([noticeOf(notice)]));
    await fold();
    const { erase, lookForLate } = eraser(notice);
    await erase();
    await lookForLate();
    const answering = composeAnswering({
      ...world.answeringParts,
      search: ({ text }) =>
        Promise.resolve(
          found(text, { hits: [hitOf(`notice/${notice}`, 'The key came at noon.')] }),
        ),
    });
    const cause = `019ad3c2-5b00-7a11-8c22-${String(runs).padStart(12, '0')}`;
    const given = await answering.ask(
      { asker, principals, text: 'when did the key come' },
      { actor: 'anna', cause },
    );
    expect(given).toMatchObject({ outcome: 'answered' });
    expect(given.answer).toMatch(/The key came at noon/);
  });
});
