import type { Json, JsonObject } from '#libs/kernel';

/** Where the API writes a moment as text that the database holds as a date. */
const DATES = new Set(['ts', '_updatedAt', 'editedAt', 'createdAt', 'lm', 'tlm', 'pinnedAt']);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As canonical Extended JSON, as the same document comes out of the database. */
export const extended = (value: Json, name = ''): Json => {
  if (Array.isArray(value)) return value.map((each: Json) => extended(each));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, extended(of, key)]));
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return { $numberDouble: `${value}` };
    return value === (value | 0) ? { $numberInt: `${value}` } : { $numberLong: `${value}` };
  }
  if (typeof value !== 'string' || !DATES.has(name)) return value;
  const at = Date.parse(value);
  return Number.isNaN(at) ? value : { $date: { $numberLong: `${at}` } };
};

/** What of a document a white list of paths names, through lists too. Its `_id` is always there. */
export const projected = (
  document: JsonObject,
  fields: readonly string[] | undefined,
): JsonObject =>
  fields === undefined ? document : chosen(document, ['_id', ...fields].map(pathOf));

type FieldPath = readonly string[];

const pathOf = (field: string): FieldPath => field.split('.');

const chosen = (document: JsonObject, paths: readonly FieldPath[]): JsonObject => {
  const pairs = Object.entries(document).flatMap(([key, value]): [string, Json][] => {
    const below = paths.filter(([first]) => first === key).map(([, ...rest]) => rest);
    if (below.length === 0) return [];
    if (below.some((path) => path.length === 0)) return [[key, value]];
    const within = chosenIn(value, below);
    return within === undefined ? [] : [[key, within]];
  });
  return Object.fromEntries(pairs);
};

/** Nothing of what is no object and holds no fields. */
const chosenIn = (value: Json, paths: readonly FieldPath[]): Json | undefined => {
  if (Array.isArray(value)) return value.filter(isObject).map((each) => chosen(each, paths));
  return isObject(value) ? chosen(value, paths) : undefined;
};
