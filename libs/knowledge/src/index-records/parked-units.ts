import type { Clock, Code } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

import { isParked } from './rendered-unit.js';

/** A record or thread that could not be rendered, and why. It is tried again when one of its records changes. */
export interface ParkedUnit {
  readonly unit: string;
  readonly code: Code;
  readonly generation: number;
  readonly at: number;
}

export interface ParkedUnits {
  /** Lists those that cannot be rendered, and no longer those that can again. */
  note(generation: number, units: readonly ParkableUnit[]): Promise<void>;
  /** The longest parked first. */
  list(generation: number, limit: number): Promise<readonly ParkedUnit[]>;
  /** These are parked no more. */
  forget(generation: number, units: readonly string[]): Promise<void>;
  /** All of a generation that is dropped. */
  drop(generation: number): Promise<void>;
}

interface ParkableUnit {
  readonly rendered: { readonly unit: string; readonly code?: Code };
  readonly state: { readonly digest: string } | undefined;
}

interface ParkedUnitsParts {
  readonly documents: Pick<Documents, 'swap' | 'get' | 'query' | 'remove'>;
  readonly clock: Clock;
}

const collection: Collection = {
  name: 'parked_units',
  fields: ['at', 'generation'],
  orderedBy: 'at',
};

const PAGE = 500;

const idOf = (generation: number, unit: string): string => `${generation}.${unit}`;

export const createParkedUnits = ({ documents, clock }: ParkedUnitsParts): ParkedUnits => {
  const park = async (parked: Omit<ParkedUnit, 'at'>): Promise<void> => {
    const { generation, unit } = parked;
    const at = clock.now();
    const id = idOf(generation, unit);
    const [stored] = await documents.get(collection, [id]);
    const document = { id, body: { ...parked, at }, fields: { at, generation } };
    // Who loses here has met another indexer that parks the same unit.
    await documents.swap(collection, document, stored?.version ?? 0);
  };

  const forget: ParkedUnits['forget'] = async (generation, units) => {
    if (units.length === 0) return;
    await documents.remove(
      collection,
      units.map((unit) => idOf(generation, unit)),
    );
  };

  return {
    forget,

    async note(generation, units) {
      for (const { rendered, state } of units) {
        const { unit, code } = rendered;
        if (code !== undefined) await park({ generation, unit, code });
        else if (isParked(state?.digest))
          await documents.remove(collection, [idOf(generation, unit)]);
      }
    },

    async list(generation, limit) {
      const { items } = await documents.query(collection, {
        where: { generation },
        order: { field: 'at' },
        limit,
      });
      return items.map(({ body }) => body as unknown as ParkedUnit);
    },

    async drop(generation) {
      for (;;) {
        const { items } = await documents.query(collection, { where: { generation }, limit: PAGE });
        if (items.length === 0) return;
        await documents.remove(
          collection,
          items.map(({ id }) => id),
        );
      }
    },
  };
};
