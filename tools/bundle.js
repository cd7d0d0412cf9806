// npm run bundle [entry name]: dist/bundles/<name>.mjs, one file that Node runs with nothing beside it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { setUp } from './set-up/index.js';
import { inRoot } from './set-up/paths.js';
import { step } from './set-up/step.js';

/** What is made when nothing is named: by name, its entry, and what differs from other bundles. */
export const bundles = {
  'backup-agent': { entry: 'apps/backup-agent/src/main.ts' },
  'backup-function': {
    entry: 'deploy/gcp/backup/src/function.ts',
    // It starts the function, so it is there, and must be there once.
    external: ['@google-cloud/functions-framework'],
    // In Google's cloud an account has no key: this says who the function is.
    needed: ['gcp-metadata'],
  },
};

/** Loaded by drivers where they are there, and never by us. */
const unused = [
  ...['kerberos', 'snappy', '@mongodb-js/zstd', 'mongodb-client-encryption', 'aws4', 'socks'],
  ...['gcp-metadata', '@aws-sdk/credential-providers'],
];

/** Packages that are no ES modules ask for what Node has built in. */
const REQUIRE = [
  "import { createRequire as innkeeperRequire } from 'node:module';",
  'const require = innkeeperRequire(import.meta.url);',
  'const { dirname: __dirname, filename: __filename } = import.meta;',
].join('\n');

const common = {
  absWorkingDir: inRoot('.'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  conditions: ['source'],
  external: unused,
  // Its main file asks for its parts by names that no bundler sees.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  banner: { js: REQUIRE },
  // Licences ask to be named beside the code that they are of.
  legalComments: 'eof',
  keepNames: true,
  logLevel: 'error',
};

const WORKER = /new URL\(isSource \? '([^']+)' : '[^']+', import\.meta\.url\)/g;
const PACKAGE = /createRequire\(import\.meta\.url\)\('([^']+\.json)'\)/g;

/** Threads and versions of packages lie in files of their own; in here they are text. */
const inOneFile = (build) => ({
  name: 'in-one-file',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]libs[\\/].*\.ts$/ }, async ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const threads = new Map();
      for (const [, file] of source.matchAll(WORKER))
        threads.set(file, await threadText(build, join(dirname(path), file)));
      const contents = source
        .replace(WORKER, (_, file) => `new URL(${JSON.stringify(threads.get(file))})`)
        .replace(PACKAGE, (_, file) => versionText(path, file));
      return { contents, loader: 'ts' };
    });
  },
});

const versionText = (path, file) => {
  const { name, version } = createRequire(pathToFileURL(path))(file);
  return `(${JSON.stringify({ name, version })})`;
};

const threadText = async (build, entry) => {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [entry],
    write: false,
    minify: true,
    banner: {},
    plugins: [inOneFile(build)],
  });
  return `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`;
};

/** From source: no part of it is older than another. */
export const bundle = async (
  entry,
  name,
  { external = [], needed = [], folder = inRoot('dist/bundles') } = {},
) => {
  const { build } = await import('esbuild');
  const outfile = join(folder, `${name}.mjs`);
  const { metafile } = await build({
    ...common,
    entryPoints: [inRoot(entry)],
    outfile,
    external: [...unused.filter((one) => !needed.includes(one)), ...external],
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: 'linked',
    metafile: true,
    plugins: [inOneFile(build)],
  });
  return { outfile, metafile };
};

const made = async () => {
  const [entry, name] = process.argv.slice(2);
  await setUp({ compiled: false });
  const wanted = entry && name ? [[name, { ...bundles[name], entry }]] : Object.entries(bundles);
  for (const [one, { entry: from, ...more }] of wanted)
    await step(`Bundling ${one}`, () => bundle(from, one, more));
};

if (process.argv[1] === import.meta.filename) {
  await made().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
