import { describe, expect, it } from '@jest/globals';

import { asFault, textOf } from '#libs/kernel';

import type { ProviderApi, RawAnswer, Recipe } from './provider-api.port.js';
import type { Hint } from './hint.js';

export interface ProviderApiHarness {
  readonly api: ProviderApi;
  /** The provider's side holds some of everything that its recipes read, up to now. */
  readonly now: () => number;
  /** Once there, not any more. */
  readonly gone: Hint;
  /** Kinds that come in lists and with other things only. */
  readonly notAlone: readonly string[];
  dispose(): Promise<void>;
}

export type ProviderApiBehaviour = (harness: ProviderApiHarness) => Promise<void>;

const PAGES = 200;

const readWhole = async (recipe: Recipe, now: number): Promise<readonly RawAnswer[]> => {
  const all: RawAnswer[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < PAGES; pages++) {
    const page = await recipe.page({ from: 0, to: now }, after);
    all.push(...page.answers);
    if (page.next === undefined) return all;
    after = page.next;
  }
  throw new Error(`${recipe.name} never ends`);
};

const stateIn = ({ state, body }: RawAnswer): string => state ?? textOf(body);
const nameOf = ({ entity, id }: Hint): string => `${entity} ${id}`;
const byName = (answers: readonly RawAnswer[]): ReadonlyMap<string, string> =>
  new Map(answers.map((answer) => [nameOf(answer), stateIn(answer)]));

const namesItsRecipes: ProviderApiBehaviour = async ({ api: { recipes } }) => {
  const names = recipes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, passes } of recipes) {
    expect(name).toMatch(/^[a-z_]+$/);
    const sorted = [...passes].sort((a, b) => a.everyMs - b.everyMs || a.reachMs - b.reachMs);
    expect(passes).toEqual(sorted);
    for (const { everyMs, reachMs } of passes)
      expect([Number.isFinite(everyMs), Number.isFinite(reachMs)]).toEqual([true, true]);
  }
};

const readsWhatItNames: ProviderApiBehaviour = async ({ api, now }) => {
  for (const recipe of api.recipes) {
    const answers = await readWhole(recipe, now());
    expect([recipe.name, answers.length > 0]).toEqual([recipe.name, true]);
    for (const { entity, body, askedAt } of answers) {
      expect(recipe.entities).toContain(entity);
      expect(() => void JSON.parse(textOf(body))).not.toThrow();
      expect(askedAt).toBeLessThanOrEqual(now());
    }
  }
};

const givesOneForm: ProviderApiBehaviour = async ({ api, now, notAlone }) => {
  for (const recipe of api.recipes) {
    const answers = await readWhole(recipe, now());
    for (const listed of answers.filter(({ entity }) => !notAlone.includes(entity)).slice(0, 3)) {
      const found = await api.lookUp(listed);
      const alone = found.outcome === 'found' ? byName(found.answers) : new Map<string, string>();
      expect([nameOf(listed), alone.get(nameOf(listed))]).toEqual([
        nameOf(listed),
        stateIn(listed),
      ]);
    }
  }
};

const tellsEqualStates: ProviderApiBehaviour = async ({ api, now }) => {
  const to = now();
  for (const recipe of api.recipes) {
    const [first, second] = [await readWhole(recipe, to), await readWhole(recipe, to)];
    expect(byName(second)).toEqual(byName(first));
  }
};

const refusesOtherPlaces: ProviderApiBehaviour = async ({ api: { recipes }, now }) => {
  for (const recipe of recipes)
    for (const after of ['', 'nowhere', btoa('null'), btoa('[]'), btoa('{"odd":1}')]) {
      const asking = recipe.page({ from: 0, to: now() }, after);
      await expect(asking).rejects.toMatchObject({ code: 'PROVIDER_PLACE_INVALID' });
    }
};

const knowsItsKinds: ProviderApiBehaviour = async ({ api, gone, notAlone }) => {
  for (const entity of ['nothing', '__proto__', 'toString', '', ...notAlone]) {
    const failure = await api.lookUp({ entity, id: gone.id }).catch(asFault);
    expect([entity, 'code' in failure && failure.code]).toEqual([
      entity,
      'PROVIDER_ENTITY_UNKNOWN',
    ]);
  }
};

const tellsWhatIsGone: ProviderApiBehaviour = async ({ api, gone }) => {
  expect(await api.lookUp(gone)).toEqual({ outcome: 'gone' });
};

const letsNoIdBeAPath: ProviderApiBehaviour = async ({ api, gone }) => {
  for (const id of ['', '../webhooks', 'a/b', 'a?b=c', '%2e%2e', ' ']) {
    const failure = await api.lookUp({ ...gone, id }).catch(asFault);
    expect([id, 'code' in failure && failure.code]).toEqual([id, 'PROVIDER_ENTITY_UNKNOWN']);
  }
};

/** By title; the README of this port names them. */
export const providerApiBehaviours: Readonly<Record<string, ProviderApiBehaviour>> = {
  'names its recipes once, and their passes from frequent to rare': namesItsRecipes,
  'reads with each recipe what it names, to an end': readsWhatItNames,
  'gives an entity in one form, looked up or listed': givesOneForm,
  'tells equal states as equal, however often they are read': tellsEqualStates,
  'refuses a place that is none of its own': refusesOtherPlaces,
  'refuses kinds that it does not know': knowsItsKinds,
  'tells what is gone': tellsWhatIsGone,
  'asks for nothing where an id is none': letsNoIdBeAPath,
};

export const providerApiContract = (
  title: string,
  make: () => Promise<ProviderApiHarness>,
): void => {
  describe(title, () => {
    it.each(Object.entries(providerApiBehaviours))('%s', async (_title, behaviour) => {
      const harness = await make();
      try {
        await behaviour(harness);
      } finally {
        await harness.dispose();
      }
    });
  });
};
