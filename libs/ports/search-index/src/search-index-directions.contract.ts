import type { IndexedPassage, IndexHit, PassageVector, VectorQuery } from './search-index.port.js';
import type { SearchIndexWorld } from './search-index-world.contract.js';

/** Enough for what is planted, and little enough to be read. */
export const DIMENSION = 8;

export const unitLength = (values: readonly number[]): Float32Array => {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (each) => each / length);
};

/** East is at 0 degrees: so the cosine of two of them is that of the degrees between them. */
export const at = (degrees: number, dimension = DIMENSION): Float32Array => {
  const vector = new Float32Array(dimension);
  vector[0] = Math.cos((degrees / 180) * Math.PI);
  vector[dimension - 1] = Math.sin((degrees / 180) * Math.PI);
  return vector;
};

/** In any direction, and the same again for the same seed. */
export const anyDirection = (seed: number, dimension = DIMENSION): Float32Array => {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    return state / 2 ** 32;
  };
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return unitLength(Array.from({ length: dimension }, normal));
};

export const cosineOf = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, each, i) => sum + each * (other[i] ?? 0), 0);

export const nearestTo = (vector: Float32Array, given: Partial<VectorQuery> = {}): VectorQuery => ({
  vector,
  audience: ['all'],
  limit: 100,
  ...given,
});

/** In the order of the answer. */
export const nearBy = async (
  { index, generation }: Pick<SearchIndexWorld, 'index' | 'generation'>,
  vector: Float32Array,
  given: Partial<VectorQuery> = {},
): Promise<string[]> =>
  (await index.nearest(generation, nearestTo(vector, given))).map(({ unit }: IndexHit) => unit);

export const vectorFor = (
  { id: passage, hash }: Pick<IndexedPassage, 'hash' | 'id'>,
  vector: Float32Array,
): PassageVector => ({ passage, hash, vector });

/** The same world with a generation that takes vectors. */
export const begun = async (
  world: SearchIndexWorld,
  dimension = DIMENSION,
): Promise<SearchIndexWorld> => {
  await world.index.begin(world.generation, { dimension });
  return world;
};

/** Every page of what has no vector yet; `between` runs before each further page is asked for. */
export const allWithoutVectors = async (
  { index, generation }: Pick<SearchIndexWorld, 'index' | 'generation'>,
  limit: number,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<string[]> => {
  const units: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await index.withoutVectors(generation, {
      limit,
      ...(after !== undefined && { after }),
    });
    units.push(...page);
    if (page.length < limit) return units;
    after = page.at(-1);
    await between();
  }
};
