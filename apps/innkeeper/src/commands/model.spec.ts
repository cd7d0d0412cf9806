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
