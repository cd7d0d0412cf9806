import { unlessAbsent, type Collections } from './collections.js';
import { unitId, type UnitPayload } from './points.js';
import type { QdrantServer } from './server.js';

/** Asked for at once. */
const PART = 1_000;

type UnitField = keyof UnitPayload;

/** What stands of these units, each in its place. Words and records are not read unless asked for. */
export const readUnits = async <F extends UnitField>(
  { server, collections }: { readonly server: QdrantServer; readonly collections: Collections },
  generation: number,
  units: readonly string[],
  fields: readonly F[],
): Promise<readonly (Pick<UnitPayload, F> | undefined)[]> => {
  const { units: name } = collections.names(generation);
  const wanted = new Map(units.map((unit) => [unitId(unit), unit]));
  const ids = [...wanted.keys()];
  const found = new Map<string, Pick<UnitPayload, F>>();
  for (let from = 0; from < ids.length; from += PART) {
    const part = ids.slice(from, from + PART);
    const points = await server
      .read((client) =>
        client.retrieve(name, { ids: part, with_payload: { include: [...fields] } }),
      )
      .catch(unlessAbsent);
    for (const { id, payload } of points ?? [])
      found.set(wanted.get(String(id)) ?? '', payload as unknown as Pick<UnitPayload, F>);
  }
  return units.map((unit) => found.get(unit));
};
