import { describe, expect, it } from '@jest/globals';

import { fault } from '#libs/kernel';

import { run } from '../../test/fake-outside.js';
import type { ModelPull } from '../outside.js';

describe('model pull', () => {
  it('fetches a model by its name, and says where it is', async () => {
    const asked: Omit<ModelPull, 'onProgress'>[] = [];
    const pullModel = async ({ name, from, onProgress }: ModelPull) => {
      asked.push({ name, from });
      await onProgress('config.json', 10, 10);
      await onProgress('onnx/model.onnx', 5, 10);
      return { folder: 'data/models/tiny/model', files: 4, bytes: 118_300_000 };
    };
    const { code, out } = await run('model pull tiny/model', {}, { pullModel });
    expect({ code, out }).toEqual({
      code: 0,
      out: 'tiny/model: 4 files, 118.3 MB, in data/models/tiny/model\n',
    });
    const { documents } = await run(
      'model pull tiny/model --from /media/e5 --json',
      {},
      { pullModel },
    );
    expect(documents).toEqual([
      { name: 'tiny/model', folder: 'data/models/tiny/model', files: 4, bytes: 118_300_000 },
    ]);
    expect(asked).toEqual([
      { name: 'tiny/model', from: undefined },
      { name: 'tiny/model', from: '/media/e5' },
    ]);
  });

  it('says what to do when it cannot', async () => {
    const pullModel = () => Promise.reject(fault('MODEL_SOURCE_UNAVAILABLE'));
    const { code, err } = await run('model pull tiny/model', {}, { pullModel });
    expect(code).toBe(3);
    expect(err).toContain('it goes on where it stopped');
  });
});

describe('model use', () => {
  const one = {
    ...{ answers: 3, inputTokens: 1_200, cachedTokens: 0, outputTokens: 300, cents: 1.5 },
    left: { answers: 197, tokens: 498_500, cents: 123.5 },
  };
  const { answers: _unlimited, ...leftOfAll } = one.left;
  const use = {
    day: '2026-11-21',
    all: { ...one, left: leftOfAll },
    people: [{ ...one, person: 'ab'.repeat(16) }],
    rooms: [{ ...one, room: 'cd'.repeat(16) }],
  };

  it('shows who used what, and what is left', async () => {
    const asked: object[] = [];
    const modelUse = (query: object | undefined) => {
      asked.push({ ...query });
      return Promise.resolve(use);
    };
    const { code, out } = await run('model use --day 2026-11-21', { modelUse });
    expect(code).toBe(0);
    expect(out).toContain('2026-11-21');
    expect(out).toMatch(/^abababababab +3 +1500 +1\.50 +197 +498500 +123\.50$/m);
    expect(out).toMatch(/^everybody +3 +1500 +1\.50 +– +498500 +123\.50$/m);
    expect(out).toMatch(/^cdcdcdcdcdcd +3 /m);
    expect(asked).toEqual([{ day: '2026-11-21', person: undefined }]);
  });

  it('shows one person alone, and everything to a machine', async () => {
    const modelUse = () => Promise.resolve({ ...use, rooms: [] });
    const { out } = await run('model use --person anna', { modelUse });
    expect(out).toContain('abababababab');
    expect(out).not.toContain('everybody');
    const { documents } = await run('model use --json', { modelUse: () => Promise.resolve(use) });
    expect(documents).toEqual([use]);
  });
});
