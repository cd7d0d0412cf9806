import type { JsonObject } from '#libs/kernel';

import type { Operator } from './outside.js';

/** By the path of each. */
export type ShownRecords = Readonly<Record<string, JsonObject>>;

const kinds = ['call', 'contact', 'guest', 'note', 'reservation', 'payment', 'task'];

/** Every record as its page shows it, with the facts that made it. */
export const recordsOf = async (operator: Operator): Promise<ShownRecords> => {
  const shown: Record<string, JsonObject> = {};
  for (const kind of kinds) {
    const { json } = await operator.get(`/api/records/${kind}?limit=200`);
    for (const { id } of (json as { items: { id: string }[] }).items) {
      const path = `/api/records/${kind}/${encodeURIComponent(id)}`;
      shown[path] = (await operator.get(path)).json;
    }
  }
  return shown;
};
