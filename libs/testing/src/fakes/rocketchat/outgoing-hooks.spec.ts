import { beforeEach, describe, expect, it } from '@jest/globals';

import { ManualClock } from '../../embedded/open-embedded.js';
import { OutgoingHooks, type HookAnswer } from './outgoing-hooks.js';
import { RocketchatState, type ChatThing } from './rocketchat-state.js';

const OK: HookAnswer = { status: 200, contentType: 'application/json', body: '{}' };
const answer = (status: number, body = '{}'): HookAnswer => ({ ...OK, status, body });

let clock: ManualClock;
let state: RocketchatState;
let answers: (HookAnswer | 'silence')[];
let replies: ChatThing[];
let hooks: OutgoingHooks;

const integration = (more: ChatThing = {}): void => {
  state.integrations.set('hook', {
    ...{ _id: 'hook', type: 'webhook-outgoing', event: 'sendMessage', enabled: true },
    ...{ userId: 'bot-id', channel: ['#ops'], urls: ['http://us.example/'], token: 'secret' },
    ...{ retryFailedCalls: true, retryCount: 3, retryDelay: 'powers-of-two' },
    ...more,
  });
};

const say = async (more: ChatThing = {}): Promise<void> => {
  const message = {
    _id: 'm1',
    rid: 'r1',
    msg: 'hi',
    u: { _id: 'maya', username: 'maya' },
    ...more,
  };
  state.write(message, clock.now());
  hooks.afterSaved(message);
  await hooks.settled();
};

/** How many calls there were by each of these moments, in seconds after the first. */
const callsAfter = async (...seconds: readonly number[]): Promise<number[]> => {
  const counts: number[] = [];
  let at = 0;
  for (const second of seconds) {
    clock.pass((second - at) * 1_000);
    at = second;
    await hooks.tick();
    counts.push(hooks.history.length);
  }
  return counts;
};

beforeEach(() => {
  clock = new ManualClock();
  state = new RocketchatState();
  state.rooms.set('r1', { _id: 'r1', t: 'c', name: 'ops' });
  [answers, replies] = [[], []];
  hooks = new OutgoingHooks({
    ...{ state, clock },
    post: () => {
      const next = answers.shift() ?? OK;
      return next === 'silence' ? Promise.reject(new Error('silence')) : Promise.resolve(next);
    },
    reply: (_who, message) => replies.push(message),
  });
  integration();
});

describe('retries of the fake chat', () => {
  it('waits two, four and eight seconds, and then no more', async () => {
    answers = [answer(503), answer(503), answer(503), answer(503)];
    await say();
    expect(await callsAfter(1.9, 2, 5.9, 6, 13.9, 14, 100)).toEqual([1, 2, 2, 3, 3, 4, 4]);
  });

  it.each([
    ['powers-of-ten', [0.1, 1.1, 11.1]],
    ['increments-of-two', [2, 6, 12]],
  ])('waits by %s', async (retryDelay, moments) => {
    integration({ retryDelay });
    answers = [answer(503), answer(503), answer(503)];
    await say();
    expect(await callsAfter(...moments)).toEqual([2, 3, 4]);
  });

  it('takes an empty answer for a failure', async () => {
    answers = [answer(200, '')];
    await say();
    expect(await callsAfter(2)).toEqual([2]);
  });

  it.each([
    ['200', answer(200)],
    ['202', answer(202)],
    ['500', answer(500)],
    ['nobody there', 'silence' as const],
  ])('never tries again after %s', async (_what, first) => {
    answers = [first];
    await say();
    expect(await callsAfter(1_000)).toEqual([1]);
  });

  it('tries 204 again, as it is none of the good ones', async () => {
    answers = [answer(204, 'x')];
    await say();
    expect(await callsAfter(2)).toEqual([2]);
  });

  it('switches the integration off at 410', async () => {
    answers = [answer(410)];
    await say();
    await say({ _id: 'm2' });
    expect(hooks.history).toHaveLength(1);
    expect(state.integrations.get('hook')).toMatchObject({ enabled: false });
  });

  it('tries nothing again where that is off', async () => {
    integration({ retryFailedCalls: false });
    answers = [answer(503)];
    await say();
    expect(await callsAfter(100)).toEqual([1]);
  });
});

describe('what hooks of the fake chat hear', () => {
  it('hears of edits only where it asked to', async () => {
    await say({ editedAt: '2026-12-01T10:00:00.000Z' });
    expect(hooks.history).toHaveLength(0);
    integration({ runOnEdits: true });
    await say({ editedAt: '2026-12-01T10:00:00.000Z' });
    expect(hooks.history).toHaveLength(1);
  });

  it('hears nothing of notes of the chat itself', async () => {
    await say({ t: 'uj' });
    expect(hooks.history).toHaveLength(0);
  });

  it('posts the text of an answer, into the thread only where that is named', async () => {
    answers = [answer(200, '{"text":" here "}'), answer(200, '{"text":"there","tmid":"m1"}')];
    await say();
    await say();
    expect(replies).toEqual([
      { rid: 'r1', msg: 'here', bot: { i: 'hook' } },
      { rid: 'r1', msg: 'there', bot: { i: 'hook' }, tmid: 'm1' },
    ]);
  });

  it('posts nothing of an answer that is no JSON', async () => {
    answers = [{ ...OK, contentType: 'text/html', body: '{"text":"here"}' }];
    await say();
    expect(replies).toEqual([]);
  });
});
