import { canonicalJson, type Json, type JsonObject } from '#libs/kernel';

/** How a schema differs from the one that was released. */
export interface SchemaComparison {
  /** Optional fields that are new, by path. Stored facts lack them and stay valid. */
  readonly added: readonly string[];
  /** Fields that are gone, by path. */
  readonly gone: readonly string[];
  /** Everything else, a sentence each. */
  readonly refused: readonly string[];
}

const SAME: SchemaComparison = { added: [], gone: [], refused: [] };

/** Compares two JSON schemas. A field that is new and optional is all that may differ. */
export const compareSchemas = (path: string, before: Json, after: Json): SchemaComparison => {
  if (canonicalJson(before) === canonicalJson(after)) return SAME;
  if (!isObject(before) || !isObject(after)) return refused(`${path} takes other values now.`);
  const own = ownDifference(path, before, after);
  if (own !== undefined) return refused(own);
  return joined([
    fields(path, before, after),
    ...LISTS.map((key) => eachOf(path, listOf(before[key]), listOf(after[key]))),
    ...INNER.map((key) => inner(`${path}[]`, before[key], after[key])),
    definitions(path, objectOf(before.$defs), objectOf(after.$defs)),
  ]);
};

/** Where a schema holds other schemas: compared by their own rules. */
const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const;
const INNER = ['items', 'additionalProperties'] as const;
const HOLDING: readonly string[] = [...LISTS, ...INNER, 'properties', 'required', '$defs'];

/** What a schema says about its own value. */
const ownDifference = (path: string, before: JsonObject, after: JsonObject): string | undefined => {
  if (before.type !== after.type)
    return `${path} had the type ${textOf(before.type)} and has ${textOf(after.type)}.`;
  const lost = listOf(before.enum).filter((value) => !listOf(after.enum).includes(value));
  if (lost.length > 0) return `${path} no longer takes ${lost.map(textOf).join(', ')}.`;
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const differs = [...keys].filter(
    (key) => !HOLDING.includes(key) && textOf(before[key]) !== textOf(after[key]),
  );
  return differs.length > 0 ? `${path} has another rule now (${differs.join(', ')}).` : undefined;
};

const fields = (path: string, before: JsonObject, after: JsonObject): SchemaComparison => {
  const [old, now] = [objectOf(before.properties), objectOf(after.properties)];
  const [needed, needs] = [listOf(before.required), listOf(after.required)];
  const at = (name: string): string => `${path}.${name}`;
  const isNew = (name: string): boolean => !(name in old);
  const names = Object.keys(now);
  return joined([
    {
      added: names.filter((name) => isNew(name) && !needs.includes(name)).map(at),
      gone: Object.keys(old)
        .filter((name) => !(name in now))
        .map(at),
      refused: names.flatMap((name) => {
        if (needed.includes(name) === needs.includes(name)) return [];
        if (isNew(name)) return [`${at(name)} is new and required: stored facts lack it.`];
        return needs.includes(name)
          ? [`${at(name)} is required now: stored facts may lack it.`]
          : [`${at(name)} is optional now: readers rely on it.`];
      }),
    },
    ...names.map((name) => {
      const [was, is] = [old[name], now[name]];
      return was === undefined || is === undefined ? SAME : compareSchemas(at(name), was, is);
    }),
  ]);
};

const eachOf = (path: string, before: readonly Json[], after: readonly Json[]): SchemaComparison =>
  before.length === after.length
    ? joined(before.map((schema, at) => compareSchemas(path, schema, after[at] ?? null)))
    : refused(`${path} has more or fewer forms now.`);

const inner = (
  path: string,
  before: Json | undefined,
  after: Json | undefined,
): SchemaComparison => {
  if (before === undefined && after === undefined) return SAME;
  return compareSchemas(path, before ?? null, after ?? null);
};

const definitions = (path: string, before: JsonObject, after: JsonObject): SchemaComparison =>
  canonicalJson(Object.keys(before).sort()) === canonicalJson(Object.keys(after).sort())
    ? joined(
        Object.entries(before).map(([name, schema]) =>
          compareSchemas(`${path}(${name})`, schema, after[name] ?? null),
        ),
      )
    : refused(`${path} is built of other parts now.`);

const refused = (sentence: string): SchemaComparison => ({ ...SAME, refused: [sentence] });

const joined = (parts: readonly SchemaComparison[]): SchemaComparison => ({
  added: parts.flatMap(({ added }) => added),
  gone: parts.flatMap(({ gone }) => gone),
  refused: parts.flatMap((part) => part.refused),
});

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
const textOf = (value: Json | undefined): string =>
  value === undefined ? 'none' : canonicalJson(value);
