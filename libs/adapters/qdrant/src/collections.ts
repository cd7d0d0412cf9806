import type { Schemas } from '@qdrant/js-client-rest';

import { fault, isId } from '#libs/kernel';

import { AbsentCollection } from './faults.js';
import { PASSAGE_FIELDS, UNIT_FIELDS, VECTOR_FIELDS, type FieldSchema } from './fields.js';
import { timeOfStamp } from './points.js';
import type { QdrantServer } from './server.js';

/** The sparse vector of a passage's terms, and the dense one of what it means. */
export const TERMS = 'terms';
export const MEANING = 'meaning';

/** The two collections of a generation. */
export interface GenerationNames {
  readonly units: string;
  readonly passages: string;
}

export const namesOf = (prefix: string, generation: number): GenerationNames => {
  if (!Number.isSafeInteger(generation) || generation < 0)
    throw fault('DEFECT_UNKNOWN', { details: { generation } });
  const of = (what: string) => `${prefix}_${generation}_${what}`;
  return { units: of('units'), passages: of('passages') };
};

/** After the prefix. */
const OF_GENERATION = /^_(\d+)_(?:units|passages)$/;

/** What has no index may neither be filtered by nor counted: a mistake of ours is an error and not a slow search. */
const STRICT: Schemas['StrictModeConfig'] = {
  enabled: true,
  unindexed_filtering_retrieve: false,
  unindexed_filtering_update: false,
};

/** A collection needs a vector of some kind; units have none. */
const unitsConfig: Schemas['CreateCollection'] = {
  sparse_vectors: { none: {} },
  strict_mode_config: STRICT,
};

const passagesConfig = (dimension: number | undefined): Schemas['CreateCollection'] => ({
  ...(dimension !== undefined && {
    vectors: { [MEANING]: { size: dimension, distance: 'Cosine' } },
  }),
  sparse_vectors: { [TERMS]: { modifier: 'idf' } },
  strict_mode_config: STRICT,
});

interface HasDimension {
  readonly dimension: number | undefined;
}

interface CollectionLook extends HasDimension {
  readonly indexed: ReadonlySet<string>;
}

/** Makes, finishes and drops the collections of generations. Others may do the same at the same time. */
export class Collections {
  /** What is known to be whole, with its dimension. */
  readonly #ready = new Map<number, HasDimension>();
  /** What is known to be there. */
  readonly #seen = new Map<number, HasDimension>();

  constructor(
    private readonly server: QdrantServer,
    private readonly prefix: string,
  ) {}

  /** Generations of which anything is there. */
  async generations(): Promise<readonly number[]> {
    const { collections } = await this.server.read((client) => client.getCollections());
    const found = collections
      .filter(({ name }) => name.startsWith(`${this.prefix}_`))
      .flatMap(({ name }) => OF_GENERATION.exec(name.slice(this.prefix.length))?.[1] ?? []);
    return [...new Set(found.map(Number))];
  }

  async dropOlder(prefix: string, before: number): Promise<void> {
    const { collections } = await this.server.read((client) => client.getCollections());
    for (const { name } of collections) {
      const id = name.startsWith(`${prefix}_`)
        ? name.slice(prefix.length + 1, prefix.length + 37)
        : '';
      if (!isId(id) || timeOfStamp(id) >= before) continue;
      await this.server.write((client) => client.deleteCollection(name)).catch(unlessAbsent);
    }
  }

  names(generation: number): GenerationNames {
    return namesOf(this.prefix, generation);
  }

  /** Makes what is missing, and says of which dimension the vectors are. */
  async ready(generation: number, wanted?: number): Promise<HasDimension> {
    const known = this.#ready.get(generation);
    if (known) return known;
    const { units, passages } = this.names(generation);
    await this.#make(units, unitsConfig, () => UNIT_FIELDS);
    const { dimension } = await this.#make(passages, passagesConfig(wanted), (look) => ({
      ...PASSAGE_FIELDS,
      ...(look.dimension !== undefined && VECTOR_FIELDS),
    }));
    this.#ready.set(generation, { dimension });
    this.#seen.set(generation, { dimension });
    return { dimension };
  }

  /** Of vectors in a generation that may not be there. It stays as long as the generation. */
  async dimensionOf(generation: number): Promise<number | undefined> {
    const known = this.#seen.get(generation);
    if (known) return known.dimension;
    const look = await this.#look(this.names(generation).passages);
    if (look) this.#seen.set(generation, look);
    return look?.dimension;
  }

  /** Somebody else has dropped it. */
  forget(generation: number): void {
    this.#ready.delete(generation);
    this.#seen.delete(generation);
  }

  /**
   * Passages go first. So a unit that is there afterwards was written after the drop had begun, and its writer has
   * counted its passages.
   */
  async drop(generation: number): Promise<void> {
    this.forget(generation);
    const { units, passages } = this.names(generation);
    for (const name of [passages, units])
      await this.server.write((client) => client.deleteCollection(name)).catch(unlessAbsent);
  }

  async #make(
    name: string,
    config: Schemas['CreateCollection'],
    fieldsFor: (look: CollectionLook) => Readonly<Record<string, FieldSchema>>,
  ): Promise<CollectionLook> {
    let look = await this.#look(name);
    if (!look) {
      await this.server.write((client) => client.createCollection(name, config)).catch(unlessThere);
      look = (await this.#look(name)) ?? { dimension: undefined, indexed: new Set() };
    }
    for (const [field, schema] of Object.entries(fieldsFor(look)))
      if (!look.indexed.has(field))
        await this.server.write((client) =>
          client.createPayloadIndex(name, { field_name: field, field_schema: schema, wait: true }),
        );
    return look;
  }

  async #look(name: string): Promise<CollectionLook | undefined> {
    try {
      const { config, payload_schema: indexes } = await this.server.read((client) =>
        client.getCollection(name),
      );
      const vectors = config.params.vectors as Record<string, { size?: number } | undefined>;
      const dimension = (vectors as typeof vectors | undefined)?.[MEANING]?.size;
      return { dimension, indexed: new Set(Object.keys(indexes)) };
    } catch (error) {
      return unlessAbsent(error);
    }
  }
}

export const unlessAbsent = (error: unknown): undefined => {
  if (!(error instanceof AbsentCollection)) throw error;
  return undefined;
};

/** Somebody was quicker: the next look sees whether it is there. */
const unlessThere = (error: unknown): undefined => {
  const { cause } = error as { cause?: { status?: unknown } };
  if (cause?.status !== 409 && cause?.status !== 400) throw error;
  return undefined;
};
