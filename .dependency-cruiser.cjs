// Who may import whom: the table of the house (docs and DESIGN call it the layers), as rules.
// test/architecture/layers.spec.ts breaks each of them once and sees it bite.

/** `[^/]+` deep for kernel and contexts, one deeper for ports, providers and adapters. */
const kernel = '^libs/kernel/';
const contracts = '^libs/contracts/';
const ports = '^libs/ports/[^/]+/';
const providers = '^libs/providers/[^/]+/';
const providerPort = '^libs/ports/provider/';
/** The codec: how facts are prepared for the log and opened again. */
const journal = '^libs/journal/';
/** Reading what others wrote: what providers share without knowing each other. */
const foreign = '^libs/foreign/';
/** Everything else in libs/ is a context. */
const context =
  '(?!(?:kernel|contracts|ports|foreign|providers|journal|routes|adapters|platform|testing)/)[^/]+';
const contexts = `^libs/${context}/`;
const routes = '^libs/routes/';
/** Four contexts stand on others by their types: one observes all, passages are cut from records, answered from, and given in rooms. */
const operations = '^libs/operations/';
const knowledge = '^libs/knowledge/';
const answering = '^libs/answering/';
const rooms = '^libs/rooms/';
const adapters = '^libs/adapters/[^/]+/';
const cipher = '^libs/adapters/node-crypto/';
const platform = '^libs/platform/';
const composition = '^libs/platform/src/composition/';
const apps = '^apps/';
const deploy = '^deploy/';
const workers = '^deploy/(?!gcp/)';
/** They run on Node and open what the platform opens, without Nest. */
const functions = '^deploy/gcp/';
const opened = ['^libs/platform/local/', '^libs/adapters/firestore/'];
/** Adapters without a built-in of Node: all that a Worker may have of them. */
const edgeSafe = '^libs/adapters/pubsub-rest/';
const composer = '^apps/innkeeper/';
const testing = '^libs/testing/';

const neutral = [kernel, contracts, ports, foreign, providers, journal, contexts, routes];
const ours = '^(libs|apps|deploy|test)/';
/** What no build ships: specs, suites, and what only they use. */
const tests = ['[.]spec[.]ts$', '[.]contract[.]ts$', '^(libs|apps)/.+/test/', testing, '^test/'];

const severity = 'error';

/** Layer by layer: what it may import of ours besides itself. */
const layer = (name, path, mayImport, from = {}) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment: `${name} may import only what the table of layers says`,
  from: { path, pathNot: tests, ...from },
  to: { path: ours, pathNot: [path, ...mayImport, ...tests] },
});

/** Among brothers (ports, providers, contexts, adapters) nobody imports another. */
const brothers = (name, folder, pathNot = [], fromNot = []) => ({
  name: `${name}-import-no-other`,
  severity: 'error',
  comment: `one of the ${name} never imports another`,
  from: { path: `^libs/(${folder})/`, pathNot: [...fromNot, ...tests] },
  to: { path: `^libs/${folder}/`, pathNot: ['^libs/$1/', ...pathNot, ...tests] },
});

/** A context that may import the types of some others, and is handed their values. */
const byTypes = (name, path, others) => [
  {
    name: `${name}-imports-few-contexts`,
    severity: 'error',
    comment: `${name} may know of ${others.join(', ')} only`,
    from: { path, pathNot: tests },
    to: { path: contexts, pathNot: [path, ...others, ...tests] },
  },
  {
    name: `${name}-imports-contexts-by-types`,
    severity: 'error',
    comment: `${name} is handed the values of other contexts`,
    from: { path, pathNot: tests },
    to: { path: others, pathNot: tests, dependencyTypesNot: ['type-only'] },
  },
];

const packages = (name, path, allowed, pathNot = []) => ({
  name: `${name}-packages`,
  severity: 'error',
  comment: `${name}: ${allowed.length > 0 ? `of packages only ${allowed.join(', ')}` : 'no package'}`,
  from: { path, pathNot: [...[pathNot].flat(), ...tests] },
  to: {
    dependencyTypesNot: ['core', 'local', 'aliased-subpath-import'],
    path: 'node_modules/',
    ...(allowed.length > 0 && { pathNot: `node_modules/(${allowed.join('|')})/` }),
  },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },

    layer('kernel', kernel, []),
    layer('contracts', contracts, [kernel]),
    layer('ports', ports, [kernel, contracts]),
    layer('journal', journal, [kernel, contracts, ports]),
    layer('foreign', foreign, [kernel]),
    layer('providers', providers, [kernel, contracts, ports, foreign]),
    layer('contexts', contexts, [kernel, contracts, ports, journal]),
    // The names of kinds and what they can be filtered by are the catalog's.
    layer('routes', routes, [kernel, contracts, '^libs/catalog/']),
    layer('adapters', adapters, [kernel, contracts, ports]),
    layer('platform', platform, [...neutral.filter((path) => path !== routes), adapters]),
    layer('deploy', workers, [kernel, contracts, ports, providers, contexts, edgeSafe]),
    layer('functions', functions, [kernel, contracts, contexts, ...opened]),

    brothers('ports', 'ports/[^/]+', [], [providerPort]),
    {
      name: 'provider-port-names-parts-by-types',
      severity: 'error',
      comment:
        'the provider port says what a folder is handed to open an API: types of other ports',
      from: { path: providerPort, pathNot: tests },
      to: { path: ports, pathNot: [providerPort, ...tests], dependencyTypesNot: ['type-only'] },
    },
    brothers('providers', 'providers/[^/]+'),
    brothers('contexts', context, [], [operations, knowledge, answering, rooms]),
    {
      name: 'operations-observes-by-types',
      severity: 'error',
      comment:
        'operations observes the other contexts: it may import their types, and is handed their values',
      from: { path: operations, pathNot: tests },
      to: {
        path: contexts,
        pathNot: [operations, ...tests],
        dependencyTypesNot: ['type-only'],
      },
    },
    ...byTypes('knowledge', knowledge, ['^libs/catalog/']),
    ...byTypes('answering', answering, ['^libs/catalog/', knowledge]),
    ...byTypes('rooms', rooms, [answering]),
    // Ciphers of Node are the one thing that adapters share.
    brothers('adapters', 'adapters/[^/]+', [cipher]),

    {
      name: 'adapters-only-in-composition',
      severity: 'error',
      comment: 'only platform/src/composition and apps put a context and an adapter together',
      from: { path: platform, pathNot: [composition, ...tests] },
      to: { path: adapters, pathNot: tests },
    },
    {
      name: 'routes-only-served-and-asked',
      severity: 'error',
      comment: 'only three roles serve routes; the command line and agents ask them',
      from: {
        path: apps,
        pathNot: ['^apps/(api|backup-(agent|orchestrator)|llm-responder|innkeeper)/', ...tests],
      },
      to: { path: routes },
    },
    {
      name: 'apps-import-no-other',
      severity: 'error',
      comment: 'an app stands alone',
      from: { path: '^apps/([^/]+)/', pathNot: composer },
      to: { path: apps, pathNot: '^apps/$1/' },
    },
    {
      name: 'innkeeper-composes-modules',
      severity: 'error',
      comment: 'apps/innkeeper composes the other apps, by their module and nothing else',
      from: { path: composer },
      to: { path: apps, pathNot: [composer, '^apps/[^/]+/src/[^/]+[.]module[.]ts$'] },
    },
    {
      name: 'libs-only-by-their-index',
      severity: 'error',
      comment: 'a lib has one door: #libs/<name>; its suite has #suites/<port>',
      from: { path: '^(?:apps|deploy|libs|test)/((?:adapters|ports|providers)/[^/]+|[^/]+)/' },
      to: {
        path: '^libs/',
        pathNot: [
          '^libs/$1/',
          '^libs/(?:(?:adapters|ports|providers)/)?[^/]+/src/index[.]ts$',
          // The platform's second door, which does not load Nest.
          '^libs/platform/local/src/index[.]ts$',
          '^libs/ports/([^/]+)/src/[^/]+[.]contract[.]ts$',
        ],
      },
    },
    {
      name: 'only-tests-open-tests',
      severity: 'error',
      comment: 'no suite, spec or test peer ships',
      from: { pathNot: tests },
      to: { path: tests },
    },
    { name: 'lib-tests-import-no-app', severity, from: { path: '^libs/' }, to: { path: apps } },

    packages('kernel', kernel, []),
    packages('contracts', contracts, ['zod']),
    packages('ports', ports, []),
    packages('journal', journal, []),
    packages('foreign', foreign, ['jsonc-parser', 'libphonenumber-js']),
    // Front matter of notes is YAML.
    packages('providers', providers, ['yaml', 'zod']),
    packages('contexts', contexts, [], [knowledge, answering]),
    // What a model writes for arguments is parsed as what anybody else sends.
    packages('answering', answering, ['zod']),
    // Stemmers and the detection of languages: pure, and kept by those who know languages.
    packages('knowledge', knowledge, ['@orama/stemmers', 'porter2', 'tinyld']),
    packages('routes', routes, ['zod']),
    {
      name: 'neutral-means-no-node',
      severity: 'error',
      comment: 'kernel to contexts run in a Worker too: no built-in of Node',
      from: { path: [...neutral, edgeSafe, deploy], pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nest-only-above-adapters',
      severity: 'error',
      from: { path: '^libs/', pathNot: [platform, ...tests] },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'drivers-only-in-adapters',
      severity: 'error',
      comment: 'no driver crosses the edge of its adapter',
      from: { path: ours, pathNot: [adapters, functions, ...tests] },
      to: { path: 'node_modules/(mongodb|@google-cloud|@qdrant|bullmq|groq-sdk|ioredis|openai)/' },
    },
    {
      name: 'no-dev-package-ships',
      severity: 'error',
      from: { path: ours, pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js'],
    },
  },
};
