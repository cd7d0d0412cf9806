import type { Json, JsonObject } from '#libs/kernel';

import type { Fields } from '../merge/layers.js';

/**
 * A group is told in parts: a lean body that gives the number of guests must not take away how many of them
 * are children. So each member is a field of its own, `guests.total`, and follows its own newest word.
 */
export const spread = (name: string, group: object | undefined): Fields => {
  const fields: Record<string, Json | undefined> = {};
  const members = (group ?? {}) as Readonly<Record<string, Json | undefined>>;
  for (const member of Object.keys(members)) fields[`${name}.${member}`] = members[member];
  return fields;
};

export const gathered = (name: string, values: JsonObject): JsonObject | undefined => {
  const names = Object.keys(values).filter((field) => field.startsWith(`${name}.`));
  if (names.length === 0) return undefined;
  const members = names.sort().map((field) => [field.slice(name.length + 1), values[field]]);
  return Object.fromEntries(members) as JsonObject;
};
