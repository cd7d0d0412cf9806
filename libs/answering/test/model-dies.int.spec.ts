import { composeAnswering, type AnsweringParts } from '#libs/answering';
import { ScriptedChatModel } from '#libs/testing';
import { afterEach, describe, expect, it } from '@jest/globals';

import { ANNA, hitOf, type AnsweringWorld } from './answering-world.js';
import { NOTICE, openWithModel } from './model-world.js';

const fuses = hitOf(NOTICE, 'The hall is blue. The fuse box is behind the coats.');
const request = {
  asker: ANNA,
  principals: ['staff', ANNA],
  text: 'where is the fuse box',
  key: 'k',
};
const cause = { actor: 'anna', cause: '019ad3c2-5b00-7a11-8c22-00000000dead' };

const script = (_: unknown, step: number) =>
  step % 2 === 0
    ? [{ tool: 'get_record', args: { record: NOTICE } }]
    : ['The fuse box is behind ', 'the coats [1]. The hall is blue [1].'];

/** Ends at its n-th call to the outside, before it or after it; everything after that fails, as after `kill -9`. */
class Mortal {
  calls = 0;

  constructor(
    private readonly last: number,
    private readonly isDone: boolean,
  ) {}

  readonly wrap = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]): unknown =>
          this.#call(() => Reflect.apply(value, target, args) as unknown);
      },
      apply: (target, self, args) =>
        this.#call(() => Reflect.apply(target as unknown as () => unknown, self, args)),
    });

  readonly #call = async (work: () => unknown): Promise<unknown> => {
    const number = ++this.calls;
    if (number > this.last || (number === this.last && !this.isDone)) throw new Error('killed');
    const done = await work();
    if (number === this.last) throw new Error('killed');
    return done;
  };
}

const mortal = (parts: AnsweringParts, { wrap }: Mortal): AnsweringParts => ({
  ...parts,
  documents: wrap(parts.documents),
  journal: wrap(parts.journal),
  keys: wrap(parts.keys),
  recordsFor: (principals) => wrap(parts.recordsFor(principals)),
  search: wrap(parts.search),
  rateSentences: wrap(parts.rateSentences),
});

describe('an answer by a language model', () => {
  let world: AnsweringWorld;
  afterEach(() => world.parts.close());

  it('is kept once, whatever call to the outside was its last', async () => {
    const model = new ScriptedChatModel({ script });
    world = await openWithModel(model, { hits: [fuses] });
    const { answering, answeringParts, parts } = world;
    let deaths = 0;
    for (let last = 1; last < 200; last++)
      for (const isDone of [false, true]) {
        const asked = { ...request, key: `k${String(last)}${String(isDone)}` };
        const death = new Mortal(last, isDone);
        const died = await composeAnswering(mortal(answeringParts, death))
          .ask(asked, cause)
          .then(
            () => false,
            () => true,
          );
        if (model.requests.length % 2 === 1)
          model.requests.push({ messages: [], tools: [], maxTokens: 0 });
        const answer = await answering.ask(asked, cause);
        expect(answer.outcome).toBe('answered');
        expect(await answering.ask(asked, cause)).toEqual(answer);
        expect(await parts.log.stream(`dialogue/${answer.conversation}`, 0, 10)).toHaveLength(2);
        if (!died) {
          expect(deaths).toBeGreaterThan(20);
          return;
        }
        deaths++;
      }
    throw new Error('it never came to its end');
  }, 60_000);
});
