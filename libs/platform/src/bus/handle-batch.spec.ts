import { REDRIVE_ATTRIBUTE, subscriptions } from '#libs/contracts';
import { fault, type Fault } from '#libs/kernel';
import type { Message } from '#libs/ports/bus';
import { describe, expect, it } from '@jest/globals';

import { handleBatch } from './handle-batch.js';
import type { React } from './reactor.js';

const subscription = subscriptions.intakeOfDeliveries;

const message = (id: string, over: Partial<Message> = {}): Message => ({
  id,
  data: new Uint8Array(),
  attributes: {},
  publishedAt: 0,
  attempt: 1,
  ...over,
});
const batch = [message('a'), message('b'), message('c')];

const handled = async (react: React, messages = batch, bury?: () => Promise<void>) => {
  const buried: string[] = [];
  const result = await handleBatch(
    {
      subscription,
      react,
      random: () => 1,
      bury:
        bury ??
        ((_, { id }, cause) => {
          buried.push(`${id} ${cause.code}`);
          return Promise.resolve();
        }),
    },
    messages,
  );
  const shown = result.outcomes.map((o) =>
    o.outcome === 'again' ? `again ${o.afterMs}` : o.outcome,
  );
  return { ...result, shown, buried: buried, counts: result };
};

const failing =
  (id: string, cause: Fault): React =>
  (messages) =>
    Promise.resolve(messages.map((m) => (m.id === id ? cause : undefined)));

describe('handleBatch', () => {
  it('takes silence for well done, and one answer each in order', async () => {
    expect((await handled(() => Promise.resolve())).shown).toEqual(['done', 'done', 'done']);
    const { shown } = await handled(failing('b', fault('DEFECT_UNKNOWN')));
    expect(shown).toEqual(['done', 'again 500', 'done']);
  });

  it('tries each alone when the batch throws, so that poison fails by itself', async () => {
    const seen: string[][] = [];
    const { shown } = await handled((messages) => {
      seen.push(messages.map(({ id }) => id));
      if (messages.some(({ id }) => id === 'b')) throw new TypeError('poison');
      return Promise.resolve();
    });
    expect(seen).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
    expect(shown).toEqual(['done', 'again 500', 'done']);
  });

  it('holds everything when the batch throws because something is away', async () => {
    let calls = 0;
    const { shown, fault: worst } = await handled(() => {
      calls += 1;
      throw fault('LOG_UNAVAILABLE');
    });
    expect([calls, shown, worst?.code]).toEqual([1, ['hold', 'hold', 'hold'], 'LOG_UNAVAILABLE']);
  });

  it('holds the rest when something goes away while it tries one by one', async () => {
    const { shown } = await handled((messages) => {
      if (messages.length > 1) throw new Error('poison');
      if (messages[0]?.id === 'b') throw fault('LOG_UNAVAILABLE');
      return Promise.resolve();
    });
    expect(shown).toEqual(['done', 'hold', 'hold']);
  });

  it('puts a dead letter aside before it says done', async () => {
    let safe = (): void => undefined;
    let settled = false;
    const work = handled(
      failing('b', fault('INTAKE_DELIVERY_MALFORMED')),
      batch,
      () => new Promise<void>((resolve) => (safe = resolve)),
    ).then((result) => {
      settled = true;
      return result;
    });
    await new Promise(setImmediate);
    expect(settled).toBe(false);
    safe();
    expect(await work).toMatchObject({
      shown: ['done', 'done', 'done'],
      counts: { buried: 1, done: 2 },
    });
  });

  it('gives up after the last attempt, and not before', async () => {
    const react = failing('a', fault('DEFECT_UNKNOWN'));
    const fourth = await handled(react, [message('a', { attempt: subscription.attempts - 1 })]);
    const fifth = await handled(react, [message('a', { attempt: subscription.attempts })]);
    expect([fourth.buried, fifth.buried]).toEqual([[], ['a DEFECT_UNKNOWN']]);
    expect([fourth.failures, fifth.failures]).toMatchObject([
      [{ act: 'again', afterMs: 4000, message: { id: 'a' } }],
      [{ act: 'buried', cause: { code: 'DEFECT_UNKNOWN' } }],
    ]);
  });

  it.each([
    ['BUS_UNAVAILABLE', 'hold'],
    ['DEFECT_UNKNOWN', 'again 500'],
  ] as const)('keeps a message that could not be put aside for %s: %s', async (code, outcome) => {
    const { shown, fault: worst } = await handled(
      failing('b', fault('INTAKE_DELIVERY_MALFORMED')),
      batch,
      () => Promise.reject(fault(code)),
    );
    expect(shown).toEqual(['done', outcome, 'done']);
    if (outcome === 'hold') expect(worst?.code).toBe(code);
  });

  it('acknowledges unread what was redriven for another subscription', async () => {
    const seen: string[] = [];
    const { shown } = await handled(
      (messages) => {
        seen.push(...messages.map(({ id }) => id));
        return Promise.resolve();
      },
      [
        message('other', { attributes: { [REDRIVE_ATTRIBUTE]: 'x--y' } }),
        message('mine', { attributes: { [REDRIVE_ATTRIBUTE]: subscription.name } }),
      ],
    );
    expect([seen, shown]).toEqual([['mine'], ['done', 'done']]);
  });

  it('hands a keeper of dead letters also what Pub/Sub moved there after a redrive', async () => {
    const seen: string[] = [];
    const { deadLetter: _none, ...keeper } = subscription;
    const outcome = await handleBatch(
      {
        subscription: { ...keeper, name: 'dead--keeper' },
        react: async (messages) => void seen.push(...messages.map(({ id }) => id)),
        bury: () => Promise.reject(fault('DEFECT_UNKNOWN')),
      },
      [message('moved', { attributes: { [REDRIVE_ATTRIBUTE]: subscription.name } })],
    );
    expect([seen, outcome.done]).toEqual([['moved'], 1]);
  });

  it('takes a wrong number of answers for a defect of each', async () => {
    const { shown } = await handled(() => Promise.resolve([undefined, undefined]));
    expect(shown).toEqual(['again 500', 'again 500', 'again 500']);
  });
});
