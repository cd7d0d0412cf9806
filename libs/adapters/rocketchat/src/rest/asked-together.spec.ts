import { beforeEach, describe, expect, it } from '@jest/globals';

import { askedTogether } from './asked-together.js';
import type { RestResult } from './client.js';

interface Asking {
  readonly call: string;
  readonly answer: (at: number) => void;
  readonly fail: () => void;
}

describe('what many ask at once', () => {
  let asked: Asking[];
  let ask: ReturnType<typeof askedTogether>;
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const atOf = async (asking: ReturnType<typeof ask>): Promise<unknown> =>
    ((await asking) as RestResult).at;

  beforeEach(() => {
    asked = [];
    ask = askedTogether((call, parameters) => {
      const { promise, resolve, reject } = Promise.withResolvers<RestResult>();
      asked.push({
        call: `${call} ${JSON.stringify(parameters)}`,
        answer: (at) => resolve({ body: {}, at }),
        fail: () => reject(new Error('away')),
      });
      return promise;
    });
  });

  it('is asked once more for all who came meanwhile, and for nobody before he came', async () => {
    const first = atOf(ask('me'));
    const others = [ask('me'), ask('me'), ask('me')].map(atOf);
    expect(asked).toHaveLength(1);
    asked[0]?.answer(1);
    expect(await first).toBe(1);
    await settled();
    expect(asked).toHaveLength(2);
    const late = atOf(ask('me'));
    asked[1]?.answer(2);
    expect(await Promise.all(others)).toEqual([2, 2, 2]);
    await settled();
    asked[2]?.answer(3);
    expect(await late).toBe(3);
    expect(asked).toHaveLength(3);
  });

  it('is asked anew once nobody waits, and apart for other things', async () => {
    const [one, other] = [
      atOf(ask('users.info', { userId: 'a' })),
      atOf(ask('users.info', { userId: 'b' })),
    ];
    asked[0]?.answer(1);
    asked[1]?.answer(2);
    expect([await one, await other]).toEqual([1, 2]);
    await settled();
    const again = atOf(ask('users.info', { userId: 'a' }));
    asked[2]?.answer(3);
    expect(await again).toBe(3);
  });

  it('fails for who asked, and is asked again for who waits', async () => {
    const first = ask('me');
    const second = atOf(ask('me'));
    asked[0]?.fail();
    await expect(first).rejects.toThrow('away');
    await settled();
    asked[1]?.answer(2);
    expect(await second).toBe(2);
  });
});
