import { existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  folderSource,
  localEmbedder,
  pullModel,
  type LocalEmbedder,
} from '#libs/adapters/local-embedder';
import { asFault } from '#libs/kernel';
import { itNeeding } from '#libs/testing';
import { embedderBehaviours } from '#suites/embedder';

import { writeTinyModel } from './tiny-model.js';

const NAME = 'tiny/model';

/** In a folder of its own, because it is half a gigabyte: INNKEEPER_TEST_TRANSFORMERS names it. */
const library = (): string | undefined => {
  const folder = process.env['INNKEEPER_TEST_TRANSFORMERS'] ?? process.cwd();
  try {
    const found = createRequire(join(folder, 'from.js')).resolve('@huggingface/transformers');
    return pathToFileURL(found.replace(/\.cjs$/, '.mjs')).href;
  } catch {
    return undefined;
  }
};
const found = library();

let dataDir: string;
const opened: LocalEmbedder[] = [];
const open = (prefix?: string): LocalEmbedder => {
  const made = localEmbedder({
    dataDir,
    model: NAME,
    ...(found !== undefined && { library: found }),
    ...(prefix !== undefined && { passagePrefix: prefix }),
  });
  opened.push(made);
  return made;
};
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'innkeeper-model-'));
  const folder = join(dataDir, 'carried');
  writeTinyModel(folder);
  const source = folderSource(folder);
  await pullModel({ dataDir, name: NAME, source, onProgress: () => Promise.resolve() });
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  rmSync(dataDir, { recursive: true });
});

const need = {
  name: 'transformers',
  met: found !== undefined,
  reason: '@huggingface/transformers is not installed',
  howToGet:
    'npm install --ignore-scripts @huggingface/transformers@4.3.1 in a folder of its own, and INNKEEPER_TEST_TRANSFORMERS=<folder>',
};

describe('embedder of a local model', () => {
  for (const [title, behaviour] of Object.entries(embedderBehaviours))
    itNeeding(need, title, () =>
      behaviour({ embedder: open(), beside: open, dispose: () => Promise.resolve() }),
    );

  itNeeding(need, 'is another model after another beginning of passages', async () => {
    const plain = await open().describe();
    expect(plain).toEqual({
      model: expect.stringMatching(/^tiny\/model@[0-9a-f]{12}$/),
      dimension: 64,
    });
    expect((await open('passage: ').describe()).model).toBe(`${plain.model} after "passage: "`);
  });

  itNeeding(need, 'lets a question in between passages', async () => {
    const embedder = open();
    await embedder.describe();
    const order: string[] = [];
    const texts = Array<string>(400).fill('the key is in the box by the door '.repeat(20));
    const passages = embedder.embed(texts, 'passage').then(() => order.push('passages'));
    const question = embedder
      .embed(['where is the key'], 'question')
      .then(() => order.push('question'));
    await Promise.all([passages, question]);
    expect(order).toEqual(['question', 'passages']);
  });

  it('says how to install the package where it is missing', async () => {
    const embedder = localEmbedder({ dataDir, model: NAME, library: '@huggingface/not-installed' });
    opened.push(embedder);
    for (let i = 0; i < 2; i++)
      expect((await embedder.describe().catch(asFault)) as unknown).toMatchObject({
        code: 'EMBEDDER_PACKAGE_MISSING',
      });
  });

  it('says so where the model was not fetched, or is cut', async () => {
    const other = localEmbedder({ dataDir, model: 'other/model' });
    expect(await other.describe().catch(asFault)).toMatchObject({ code: 'EMBEDDER_MODEL_MISSING' });
    const graph = join(dataDir, 'models', NAME, 'onnx', 'model.onnx');
    expect(existsSync(graph)).toBe(true);
    truncateSync(graph, 10);
    expect(await open().describe().catch(asFault)).toMatchObject({
      code: 'EMBEDDER_MODEL_MISSING',
    });
  });
});
