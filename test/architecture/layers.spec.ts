import { createRequire } from 'node:module';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { cruiseHouse, type Violation } from './house-fixture.js';

const rulesOfTheHouse = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  readonly forbidden: readonly { readonly name: string }[];
};

/** Doors that there are in the little house; each is a lawful file. */
const doors = {
  kernel: 'libs/kernel',
  contracts: 'libs/contracts',
  bus: 'libs/ports/bus',
  documents: 'libs/ports/documents',
  provider: 'libs/ports/provider',
  journal: 'libs/journal',
  foreign: 'libs/foreign',
  aircall: 'libs/providers/aircall',
  guesty: 'libs/providers/guesty',
  intake: 'libs/intake',
  catalog: 'libs/catalog',
  answering: 'libs/answering',
  operations: 'libs/operations',
  routes: 'libs/routes',
  sqlite: 'libs/adapters/sqlite',
  mongodb: 'libs/adapters/mongodb',
  'pubsub-rest': 'libs/adapters/pubsub-rest',
  'node-crypto': 'libs/adapters/node-crypto',
  platform: 'libs/platform',
  'platform-local': 'libs/platform/local',
  testing: 'libs/testing',
};

const lawful: [from: string, to: string][] = [
  ['libs/contracts/src/fact.ts', '#libs/kernel'],
  ['libs/contracts/src/schema.ts', 'zod'],
  ['libs/ports/bus/src/bus.port.ts', '#libs/contracts'],
  ['libs/journal/src/journal.ts', '#libs/ports/bus'],
  ['libs/providers/aircall/src/prove.ts', '#libs/ports/bus'],
  ['libs/providers/aircall/src/read.ts', '#libs/foreign'],
  ['libs/intake/src/receive.ts', '#libs/journal'],
  ['libs/intake/src/receive.spec.ts', '#libs/adapters/sqlite'],
  ['libs/routes/src/records.routes.ts', '#libs/catalog'],
  ['libs/routes/src/queries.ts', 'zod'],
  ['apps/innkeeper/src/client.ts', '#libs/routes'],
  ['apps/backup-orchestrator/src/a.controller.ts', '#libs/routes'],
  ['apps/backup-agent/src/home.ts', '#libs/routes'],
  ['libs/adapters/sqlite/src/bus.ts', '#libs/adapters/node-crypto'],
  ['libs/adapters/sqlite/src/file.ts', 'node:fs'],
  ['libs/adapters/sqlite/test/bus.int.spec.ts', '#suites/bus'],
  ['libs/adapters/mongodb/src/log.ts', 'mongodb'],
  ['libs/platform/src/composition/open.ts', '#libs/adapters/sqlite'],
  ['deploy/cloudflare/a-webhook/src/worker.ts', '#libs/adapters/pubsub-rest'],
  ['deploy/gcp/a-function/src/function.ts', '#libs/platform/local'],
  ['libs/platform/src/wire.ts', '@nestjs/core'],
  ['apps/api/src/api.module.ts', '#libs/platform'],
  ['apps/innkeeper/src/innkeeper.module.ts', '../../api/src/api.module.js'],
  ['apps/innkeeper/src/token.ts', '#libs/platform/local'],
  ['test/scenarios/spine.e2e.spec.ts', '#libs/testing'],
];

const unlawful: [rule: string, from: string, to: string][] = [
  ['kernel-imports', 'libs/kernel/src/a.ts', '#libs/contracts'],
  ['contracts-imports', 'libs/contracts/src/a.ts', '#libs/ports/bus'],
  ['ports-imports', 'libs/ports/bus/src/a.ts', '#libs/intake'],
  ['journal-imports', 'libs/journal/src/a.ts', '#libs/intake'],
  ['foreign-imports', 'libs/foreign/src/a.ts', '#libs/contracts'],
  ['providers-imports', 'libs/providers/aircall/src/a.ts', '#libs/intake'],
  ['contexts-imports', 'libs/intake/src/a.ts', '#libs/providers/aircall'],
  ['contexts-imports', 'libs/intake/src/b.ts', '#libs/adapters/sqlite'],
  ['routes-imports', 'libs/routes/src/a.ts', '#libs/intake'],
  ['adapters-imports', 'libs/adapters/sqlite/src/a.ts', '#libs/intake'],
  ['adapters-imports', 'libs/adapters/sqlite/src/b.ts', '#libs/platform'],
  ['deploy-imports', 'deploy/cloudflare/a-webhook/src/a.ts', '#libs/platform'],
  ['deploy-imports', 'deploy/cloudflare/a-webhook/src/b.ts', '#libs/adapters/sqlite'],
  ['functions-imports', 'deploy/gcp/a-function/src/a.ts', '#libs/platform'],
  ['functions-imports', 'deploy/gcp/a-function/src/b.ts', '#libs/adapters/sqlite'],
  ['platform-imports', 'libs/platform/src/a.ts', '../../../apps/api/src/api.module.js'],
  ['platform-imports', 'libs/platform/src/f.ts', '#libs/routes'],
  ['routes-only-served-and-asked', 'apps/catalog/src/a.ts', '#libs/routes'],
  ['ports-import-no-other', 'libs/ports/bus/src/b.ts', '#libs/ports/documents'],
  ['provider-port-names-parts-by-types', 'libs/ports/provider/src/a.ts', '#libs/ports/documents'],
  ['providers-import-no-other', 'libs/providers/aircall/src/b.ts', '#libs/providers/guesty'],
  ['contexts-import-no-other', 'libs/intake/src/c.ts', '#libs/catalog'],
  ['contexts-import-no-other', 'libs/catalog/src/a.ts', '#libs/operations'],
  ['operations-observes-by-types', 'libs/operations/src/a.ts', '#libs/intake'],
  ['answering-imports-contexts-by-types', 'libs/answering/src/a.ts', '#libs/catalog'],
  ['answering-imports-few-contexts', 'libs/answering/src/b.ts', '#libs/operations'],
  ['rooms-imports-contexts-by-types', 'libs/rooms/src/a.ts', '#libs/answering'],
  ['rooms-imports-few-contexts', 'libs/rooms/src/b.ts', '#libs/operations'],
  ['knowledge-imports-contexts-by-types', 'libs/knowledge/src/a.ts', '#libs/catalog'],
  ['knowledge-imports-few-contexts', 'libs/knowledge/src/b.ts', '#libs/intake'],
  ['knowledge-packages', 'libs/knowledge/src/c.ts', 'zod'],
  ['answering-packages', 'libs/answering/src/d.ts', 'express'],
  ['adapters-import-no-other', 'libs/adapters/sqlite/src/c.ts', '#libs/adapters/mongodb'],
  ['adapters-only-in-composition', 'libs/platform/src/logs/a.ts', '#libs/adapters/sqlite'],
  ['only-tests-open-tests', 'apps/api/src/a.ts', '../../../test/scenarios/world.js'],
  ['apps-import-no-other', 'apps/api/src/b.ts', '../../catalog/src/catalog.module.js'],
  ['innkeeper-composes-modules', 'apps/innkeeper/src/a.ts', '../../api/src/inside.js'],
  ['libs-only-by-their-index', 'apps/api/src/c.ts', '../../../libs/intake/src/receive.js'],
  ['libs-only-by-their-index', 'libs/ports/bus/src/c.ts', '../../documents/src/inside.js'],
  ['only-tests-open-tests', 'libs/intake/src/d.ts', '#libs/testing'],
  ['only-tests-open-tests', 'libs/adapters/sqlite/src/d.ts', '#suites/bus'],
  ['lib-tests-import-no-app', 'libs/intake/src/d.spec.ts', '../../../apps/api/src/api.module.js'],
  ['kernel-packages', 'libs/kernel/src/b.ts', 'zod'],
  ['contracts-packages', 'libs/contracts/src/b.ts', 'express'],
  ['ports-packages', 'libs/ports/bus/src/d.ts', 'zod'],
  ['journal-packages', 'libs/journal/src/b.ts', 'zod'],
  ['foreign-packages', 'libs/foreign/src/b.ts', 'zod'],
  ['providers-packages', 'libs/providers/aircall/src/c.ts', 'express'],
  ['routes-packages', 'libs/routes/src/b.ts', 'express'],
  ['contexts-packages', 'libs/intake/src/e.ts', 'zod'],
  ['neutral-means-no-node', 'libs/kernel/src/c.ts', 'node:crypto'],
  ['neutral-means-no-node', 'libs/intake/src/f.ts', 'node:fs'],
  ['neutral-means-no-node', 'deploy/cloudflare/a-webhook/src/c.ts', 'node:fs'],
  ['nest-only-above-adapters', 'libs/adapters/sqlite/src/e.ts', '@nestjs/core'],
  ['drivers-only-in-adapters', 'libs/platform/src/b.ts', 'mongodb'],
  ['no-dev-package-ships', 'libs/platform/src/c.ts', 'jest'],
  ['no-dev-package-ships', 'libs/platform/src/d.ts', 'unheard-of'],
  ['no-unresolvable', 'libs/platform/src/e.ts', './nowhere.js'],
  ['no-circular', 'libs/kernel/src/d.ts', './e.js'],
];

const importing = (specifier: string) =>
  `import * as it from '${specifier}';\nexport const a = it;\n`;

/** The provider port may name what a folder is handed to open an API. */
const opener = 'libs/ports/provider/src/api-parts.ts';

/** Operations may know what the others are, and is handed them. */
const observer = 'libs/operations/src/observe.ts';

const plain = {
  ...Object.fromEntries(
    Object.values(doors).map((folder) => [`${folder}/src/index.ts`, 'export const a = 1;\n']),
  ),
  'libs/ports/bus/src/bus.contract.ts': 'export const suite = 1;\n',
  'libs/ports/documents/src/inside.ts': 'export const a = 1;\n',
  'apps/catalog/src/catalog.module.ts': 'export const a = 1;\n',
  'apps/api/src/inside.ts': 'export const a = 1;\n',
  'test/scenarios/world.ts': 'export const a = 1;\n',
  'libs/kernel/src/e.ts': importing('./d.js'),
  [opener]: `import type * as it from '#libs/ports/documents';\nexport type A = typeof it;\n`,
  [observer]: `import type * as it from '#libs/intake';\nexport type A = typeof it;\n`,
};

describe('the rules of who imports whom', () => {
  let violations: Violation[];
  beforeAll(() => {
    const imports = [...lawful, ...unlawful.map(([, from, to]) => [from, to] as const)];
    violations = cruiseHouse({
      ...plain,
      ...Object.fromEntries(imports.map(([from, to]) => [from, importing(to)])),
    });
  }, 60_000);

  it.each(lawful)('let %s import %s', (from) => {
    expect(violations.filter((violation) => violation.from === from)).toEqual([]);
  });

  it('let the provider port import the types of another port', () => {
    expect(violations.filter(({ from }) => from === opener)).toEqual([]);
  });

  it('let operations import the types of another context', () => {
    expect(violations.filter(({ from }) => from === observer)).toEqual([]);
  });

  it.each(unlawful)('%s: refuse that %s imports %s', (rule, from) => {
    expect(violations).toContainEqual({ rule, from });
  });

  it('each have a fixture here that they refuse', () => {
    const names = rulesOfTheHouse.forbidden.map(({ name }) => name);
    expect(new Set(unlawful.map(([rule]) => rule))).toEqual(new Set(names));
  });
});
