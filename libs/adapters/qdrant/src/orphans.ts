import { CLOCKS_APART_MS } from '#libs/kernel';

import { unlessAbsent, type Collections } from './collections.js';
import { anyOf } from './filters.js';
import { timeOfStamp, type PassagePayload } from './points.js';
import type { QdrantServer } from './server.js';
import { readUnits } from './unit-points.js';

export interface OrphansParts {
  readonly server: QdrantServer;
  readonly collections: Collections;
  readonly now: () => number;
}

const PAGE = 1_000;
/** Of one tidying. A larger generation is looked through by many, one after the other. */
const MOST_PAGES = 20;
/** No write takes as long, however late its requests arrive and however wrong the clock of its writer. */
const LEFT_MS = CLOCKS_APART_MS + 10 * 60_000;

/**
 * Passages of writers that died on the way: no unit names their stamp, and none will. Nobody finds them, but they are
 * counted among the passages that hold a term.
 */
export class Orphans {
  /** Where the last tidying of each generation ended. */
  readonly #cursors = new Map<number, string | undefined>();

  constructor(private readonly parts: OrphansParts) {}

  async sweep(): Promise<void> {
    for (const generation of await this.parts.collections.generations())
      for (let page = 0; page < MOST_PAGES; page++) if (!(await this.#sweepPage(generation))) break;
  }

  /** Says whether there is more. */
  async #sweepPage(generation: number): Promise<boolean> {
    const { passages: name } = this.parts.collections.names(generation);
    const offset = this.#cursors.get(generation);
    const page = await this.parts.server
      .read((client) =>
        client.scroll(name, {
          ...{ limit: PAGE, with_payload: { include: ['unit', 'stamp'] } },
          ...(offset !== undefined && { offset }),
        }),
      )
      .catch(unlessAbsent);
    const next = page?.next_page_offset;
    this.#cursors.set(generation, typeof next === 'string' ? next : undefined);
    const found = (page?.points ?? []).map(({ payload }) => payload as unknown as PassagePayload);
    const left = await this.#leftOf(generation, found);
    if (left.length > 0)
      await this.parts.server
        .write((client) =>
          client.delete(name, { filter: { must: [anyOf('stamp', left)] }, wait: true }),
        )
        .catch(unlessAbsent);
    return typeof next === 'string';
  }

  async #leftOf(generation: number, found: readonly PassagePayload[]): Promise<readonly string[]> {
    const before = this.parts.now() - LEFT_MS;
    const old = new Map(
      found.flatMap(({ unit, stamp }): [string, string][] =>
        timeOfStamp(stamp) < before ? [[stamp, unit]] : [],
      ),
    );
    const units = [...new Set(old.values())];
    const standing = await readUnits(this.parts, generation, units, ['stamp']);
    const stamps = new Map(units.map((unit, i) => [unit, standing[i]?.stamp]));
    return [...old].flatMap(([stamp, unit]) => (stamps.get(unit) === stamp ? [] : [stamp]));
  }
}
