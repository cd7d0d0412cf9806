import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';
import { Miniflare } from 'miniflare';

/** As Wrangler bundles it; from sources it takes our own as sources too, so that no build has to come first. */
export const bundleWorker = async (entry: string): Promise<Uint8Array> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2024',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: [
      ...(entry.endsWith('.ts') ? ['source'] : []),
      ...['workerd', 'worker', 'browser', 'import'],
    ],
    logLevel: 'silent',
  });
  const [bundled] = outputFiles;
  if (!bundled) throw new Error(`${entry} gave no bundle`);
  return bundled.contents;
};

export const gzippedBytes = (bundle: Uint8Array): number => gzipSync(bundle, { level: 9 }).length;

/** A day that this workerd knows; the Workers' own configurations name it too. */
export const COMPATIBILITY_DATE = '2026-05-03';

export interface EdgeWorker {
  readonly url: string;
  stop(): Promise<void>;
}

/** A Worker in workerd itself, bound as Wrangler would bind it. */
export const startWorker = async (
  bundle: Uint8Array,
  bindings: Readonly<Record<string, string>>,
): Promise<EdgeWorker> => {
  const worker = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.js', contents: new TextDecoder().decode(bundle) }],
    compatibilityDate: COMPATIBILITY_DATE,
    bindings: { ...bindings },
    host: '127.0.0.1',
    port: 0,
    cf: false,
    // What the Worker logs is its own business here.
    handleRuntimeStdio: () => undefined,
  });
  const url = await worker.ready;
  return { url: url.origin, stop: () => worker.dispose() };
};
