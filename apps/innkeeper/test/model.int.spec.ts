import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { processOutside } from '../src/process-outside.js';
import { runWith } from './fake-outside.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-models-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pull = (...words: string[]) =>
  runWith(['model', 'pull', ...words], (io) =>
    processOutside({ INNKEEPER_DATA_DIR: join(folder, 'data') }, io),
  );

it('puts a model from a folder into the data directory', async () => {
  const carried = join(folder, 'carried');
  mkdirSync(join(carried, 'onnx'), { recursive: true });
  const sums = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'].map(
    (path) => {
      writeFileSync(join(carried, path), `{"of":"${path}"}`);
      return `${createHash('sha256').update(`{"of":"${path}"}`).digest('hex')}  ${path}\n`;
    },
  );
  writeFileSync(join(carried, 'SHA256SUMS'), sums.join(''));
  const { code, out } = await pull('tiny/model', '--from', carried);
  expect([code, out]).toEqual([0, expect.stringContaining('4 files')]);
  expect(existsSync(join(folder, 'data', 'models', 'tiny', 'model', 'onnx', 'model.onnx'))).toBe(
    true,
  );
});

it.each(['../secrets', '/etc/passwd', 'a/b/c', 'a..b'])('takes %s for no name', async (name) => {
  const { code, err } = await pull(name);
  expect([code, err]).toEqual([2, expect.stringContaining('is no name of a model')]);
});
