import type { UnitPage, UnitState } from '#libs/ports/search-index';

import { unlessAbsent, type Collections } from './collections.js';
import { anyOf } from './filters.js';
import { stateOf, type UnitPayload } from './points.js';
import type { QdrantServer } from './server.js';
import { readUnits } from './unit-points.js';

const STATE_FIELDS = ['unit', 'kind', 'fence', 'digest', 'passages'] as const;
const PAGE = 1_000;

/** What is asked of units alone. */
export class UnitReader {
  constructor(
    private readonly parts: { readonly server: QdrantServer; readonly collections: Collections },
  ) {}

  async states(
    generation: number,
    units: readonly string[],
  ): Promise<readonly (UnitState | undefined)[]> {
    const found = await readUnits(this.parts, generation, units, STATE_FIELDS);
    return found.map((unit) => unit && stateOf(unit as UnitPayload));
  }

  async unitsOf(generation: number, records: readonly string[]): Promise<readonly string[]> {
    if (records.length === 0) return [];
    const filter = { must: [anyOf('records', records)] };
    const units: string[] = [];
    for (let offset: string | undefined; ;) {
      const page = await this.#scroll(generation, ['unit'], {
        filter,
        limit: PAGE,
        ...(offset && { offset }),
      });
      units.push(...page.units.map(({ unit }) => unit));
      if (page.next === undefined) return units;
      offset = page.next;
    }
  }

  /** In the order of their points, which come from their names. */
  async list(
    generation: number,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<UnitPage> {
    const page = await this.#scroll(generation, STATE_FIELDS, {
      limit,
      ...(after && { offset: after }),
    });
    const items = page.units.map((unit) => stateOf(unit));
    return { items, ...(page.next !== undefined && { next: page.next }) };
  }

  async #scroll(
    generation: number,
    fields: readonly (keyof UnitPayload)[],
    asked: { readonly filter?: object; readonly limit: number; readonly offset?: string },
  ): Promise<{ readonly units: readonly UnitPayload[]; readonly next?: string }> {
    const { units: name } = this.parts.collections.names(generation);
    const page = await this.parts.server
      .read((client) => client.scroll(name, { ...asked, with_payload: { include: [...fields] } }))
      .catch(unlessAbsent);
    const next = page?.next_page_offset;
    return {
      units: (page?.points ?? []).map(({ payload }) => payload as unknown as UnitPayload),
      ...(typeof next === 'string' && { next }),
    };
  }
}
