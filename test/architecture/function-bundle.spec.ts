import { describe, expect, it } from '@jest/globals';
import { build, type BuildOptions, type Metafile } from 'esbuild';

import { houseRoot } from './house.js';

/** As `tools/bundle.js` does it, from sources. */
const bundled = async (entry: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<Metafile> => {
  const { metafile } = await build({
    ...{ ...entry, absWorkingDir: houseRoot, outdir: 'nowhere' },
    ...{ bundle: true, write: false, metafile: true, logLevel: 'silent' },
    ...{ platform: 'node', format: 'esm', conditions: ['source'] },
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    external: ['@google-cloud/functions-framework'],
  });
  return metafile;
};

/** What stays after the rest was shaken off. */
const keptIn = ({ outputs }: Metafile): readonly string[] =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [path] : [],
    ),
  );

const packagesIn = (metafile: Metafile): ReadonlySet<string> =>
  new Set(
    keptIn(metafile).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  );

const adaptersIn = (metafile: Metafile): ReadonlySet<string> =>
  new Set(keptIn(metafile).flatMap((path) => /libs\/adapters\/([^/]+)\//.exec(path)?.[1] ?? []));

const heavy =
  /^(?:mongodb|bson|bullmq|ioredis|openai|groq-sdk|fastify|pino|rxjs|reflect-metadata|@nestjs\/.+|@qdrant\/.+|@huggingface\/.+|onnxruntime.*|@orama\/.+|@google-cloud\/pubsub.*)$/;

describe('the bundle of the function that watches backups', () => {
  it('has Google’s client of documents, and no driver of another part of the platform', async () => {
    const metafile = await bundled({ entryPoints: ['deploy/gcp/backup/src/function.ts'] });
    const packages = packagesIn(metafile);
    expect(packages).toContain('@google-cloud/firestore');
    expect([...packages].filter((name) => heavy.test(name))).toEqual([]);
    // Notes beside a repository are read with the words of restic's adapter; local servers are never asked for.
    expect([...adaptersIn(metafile)].toSorted()).toEqual([
      ...['firestore', 'hetzner', 'local-fleet', 'node-crypto', 'outbound', 'restic'],
    ]);
  });

  it('would be seen to have one', async () => {
    const contents = "import { openIndexing } from '#libs/platform/local'; await openIndexing();";
    const metafile = await bundled({ stdin: { contents, resolveDir: houseRoot, loader: 'ts' } });
    const found = [...packagesIn(metafile)].filter((name) => heavy.test(name));
    expect(found).toEqual(expect.arrayContaining(['mongodb']));
  });
});
