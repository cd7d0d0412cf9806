import type { Json, JsonObject } from '#libs/kernel';
import type { DocumentKey } from '#libs/ports/change-feed';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** What stands at a path, also in each item of a list on the way. */
export const valuesAt = (value: Json, path: string): readonly Json[] => {
  const [name = '', ...rest] = path.split('.');
  const found = isObject(value) ? value[name] : undefined;
  if (found === undefined) return [];
  if (rest.length === 0) return isList(found) ? [found, ...found] : [found];
  const below = isList(found) ? found : [found];
  return below.flatMap((item) => valuesAt(item, rest.join('.')));
};

/** Only these paths and the key, as a projection on a server leaves them. */
export const projected = (
  document: JsonObject,
  fields: readonly string[] | undefined,
): JsonObject => {
  if (!fields) return document;
  const chosen = cut(document, fields);
  return { _id: document._id ?? null, ...(isObject(chosen) ? chosen : {}) };
};

const cut = (value: Json, paths: readonly string[]): Json | undefined => {
  if (isList(value))
    return value.map((item) => cut(item, paths)).filter((item) => item !== undefined);
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
    if (paths.includes(name)) return [[name, inner]];
    const below = paths.filter((path) => path.startsWith(`${name}.`));
    if (below.length === 0) return [];
    const left = cut(
      inner,
      below.map((path) => path.slice(name.length + 1)),
    );
    return left === undefined ? [] : [[name, left]];
  });
  return Object.fromEntries(entries);
};

const same = (one: Json | undefined, other: Json | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Of a database's queries what tests use: equality, `$in`, `$ne`, `$exists`. */
export const fits = (document: JsonObject, filter: JsonObject): boolean =>
  Object.entries(filter).every(([path, wanted]) => {
    const values = valuesAt(document, path);
    const [operator] = isObject(wanted) ? Object.keys(wanted) : [];
    const operand = isObject(wanted) && operator !== undefined ? wanted[operator] : undefined;
    switch (operator) {
      case '$in':
        return (
          Array.isArray(operand) &&
          values.some((value) => operand.some((item: Json) => same(item, value)))
        );
      case '$ne':
        return !values.some((value) => same(value, operand));
      case '$exists':
        return values.length > 0 === operand;
      default:
        return values.some((value) => same(value, wanted));
    }
  });

/** One order over all types of identity: by type, then by text. */
export const byIdentity = (one: DocumentKey, other: DocumentKey): number => {
  const [a, b] = [rankOf(one), rankOf(other)];
  if (a !== b) return a - b;
  return one < other ? -1 : Number(one > other);
};

const rankOf = (key: DocumentKey): number => {
  const kinds = ['{"$minKey', 'null', '{"$number', '"', '{"$binary', '{"$oid', 'true', '{"$date'];
  const rank = kinds.findIndex((kind) => key.startsWith(kind));
  return rank < 0 ? kinds.length : rank;
};
