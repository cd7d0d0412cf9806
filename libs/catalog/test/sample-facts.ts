import { readdirSync, readFileSync } from 'node:fs';

import type { Fact, FrozenFact } from '#libs/contracts';
import type { Normalised } from '#libs/ports/provider';

import { factsIn } from './histories.js';

const fixtures = new URL('../../../test/fixtures/', import.meta.url);
const frozen = new URL('../../contracts/frozen/', import.meta.url);

const json = (folder: URL, name: string): unknown =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** What the providers' normalisers make of every recorded sample, provider by provider. */
export const goldenFacts: readonly Fact[] = readdirSync(fixtures, {
  recursive: true,
  encoding: 'utf8',
})
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /^\w+\/golden\/.*\.json$/.test(name))
  .sort()
  .flatMap((name) => {
    const said = json(fixtures, name) as Normalised;
    const source = `${name.slice(0, name.indexOf('/'))}/main`;
    return 'observations' in said ? factsIn(said, source) : [];
  });

/** The frozen sample of every type of fact: each says all that its type can say. */
export const frozenFacts: readonly Fact[] = readdirSync(frozen)
  .filter((name) => name.endsWith('.json') && name !== 'frozen.lock.json')
  .sort()
  .flatMap((name) => {
    const { type, data, personal } = json(frozen, name) as FrozenFact;
    const observation = { type, stream: `sample/${type}`, occurredAt: 1_789_430_000_000, data };
    return factsIn(
      {
        understood: true,
        observations: [{ ...observation, ...(personal && { personal }) }],
      },
      'sample/main',
    );
  });
