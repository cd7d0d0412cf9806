import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

import { describe, expect, it } from '@jest/globals';
import { build, type BuildResult, type Metafile } from 'esbuild';

import { houseRoot, neutralFolders } from './house.js';

/** As a Worker's bundler does it: no built-in of Node is known, so that an import of one is an error. */
const bundle = (contents: string): Promise<BuildResult<{ metafile: true; write: false }>> =>
  build({
    stdin: { contents, resolveDir: houseRoot, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    globalName: 'bundled',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['source', 'worker', 'import'],
    logLevel: 'silent',
  });

const doorOf = (folder: string): string => `#${folder}`;

const outside = ({ outputs }: Metafile): string[] =>
  Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));

/** The globals that Workers, Cloud Functions and Node share. There is no process, Buffer or require. */
const webGlobals = {
  ...{ crypto, TextEncoder, TextDecoder, URL, URLSearchParams, Headers, Request, Response, fetch },
  ...{ setTimeout, clearTimeout, queueMicrotask, structuredClone, btoa, atob, console },
  ...{ AbortController, AbortSignal, ReadableStream, WritableStream, TransformStream },
  ...{ CompressionStream, DecompressionStream },
};

describe('the neutral libs', () => {
  it('are found', () => {
    expect(neutralFolders()).toEqual(
      expect.arrayContaining([
        'libs/kernel',
        'libs/ports/bus',
        'libs/providers/aircall',
        'libs/intake',
      ]),
    );
  });

  it.each(neutralFolders())(
    'bundle %s for a Worker, and load where there is no Node',
    async (folder) => {
      const { outputFiles, metafile } = await bundle(`export * from '${doorOf(folder)}';`);
      expect(outside(metafile)).toEqual([]);
      const world = createContext({ ...webGlobals });
      expect(() => void runInContext(outputFiles[0]?.text ?? 'missing()', world)).not.toThrow();
    },
  );

  it('would be refused with a built-in of Node', async () => {
    const path = join(houseRoot, 'libs/adapters/sqlite/src/index.ts');
    await expect(bundle(`export * from '${path}';`)).rejects.toThrow(/Could not resolve "node:/);
  });
});
