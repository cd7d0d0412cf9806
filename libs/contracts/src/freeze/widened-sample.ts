import type { Json, JsonObject } from '#libs/kernel';

/** Where in a schema we are, as `compareSchemas` names it, and which fields are new. */
export interface NewFields {
  readonly path: string;
  readonly added: readonly string[];
}

/** A sample that says the new fields, too. In a union the form that knows the sample's other fields counts. */
export const widenedSample = (sample: Json, schema: Json | undefined, fields: NewFields): Json => {
  const { path, added } = fields;
  if (Array.isArray(sample)) {
    const items = propertyOf(schema, 'items');
    return sample.map((item: Json) => widenedSample(item, items, { path: `${path}[]`, added }));
  }
  if (!isObject(sample)) return sample;
  const properties = propertyOf(formOf(schema, Object.keys(sample)), 'properties');
  if (!isObject(properties)) return sample;
  const widened = Object.entries(properties).flatMap(([name, inner]): [string, Json][] => {
    const [value, at] = [sample[name], `${path}.${name}`];
    if (value !== undefined) return [[name, widenedSample(value, inner, { path: at, added })]];
    return added.includes(at) ? [[name, exampleOf(inner)]] : [];
  });
  return { ...sample, ...Object.fromEntries(widened) };
};

/** Texts of the forms that fields of ours have. */
const TEXTS = ['text', '2026-09-14', '09:00', '2026-09-14T09:00:00Z', 'https://example.org/'];

const exampleOf = (schema: Json): Json => {
  if (!isObject(schema)) return null;
  const { const: only, enum: choices, type, pattern, minimum } = schema;
  if (only !== undefined) return only;
  if (Array.isArray(choices)) return (choices as readonly Json[])[0] ?? null;
  const [form] = formsOf(schema);
  if (form !== undefined) return exampleOf(form);
  switch (type) {
    case 'string':
      return TEXTS.find((text) => typeof pattern !== 'string' || fits(text, pattern)) ?? 'text';
    case 'integer':
    case 'number':
      return typeof minimum === 'number' ? Math.max(minimum, 1) : 1;
    case 'boolean':
      return true;
    case 'array':
      return schema.items === undefined ? [] : [exampleOf(schema.items)];
    case 'object':
      return exampleOfEach(propertyOf(schema, 'properties'));
    default:
      return null;
  }
};

const exampleOfEach = (properties: Json | undefined): Json =>
  isObject(properties)
    ? Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [name, exampleOf(inner)]),
      )
    : {};

const fits = (text: string, pattern: string): boolean => new RegExp(pattern, 'u').test(text);

/** The schema itself, or the form of a union that knows all of these fields. */
const formOf = (schema: Json | undefined, names: readonly string[]): Json | undefined => {
  const forms = formsOf(schema);
  if (forms.length === 0) return schema;
  return forms.find((form) => {
    const properties = propertyOf(form, 'properties');
    return isObject(properties) && names.every((name) => name in properties);
  });
};

const formsOf = (schema: Json | undefined): readonly Json[] => {
  const forms = propertyOf(schema, 'anyOf') ?? propertyOf(schema, 'oneOf');
  return Array.isArray(forms) ? (forms as readonly Json[]) : [];
};

const propertyOf = (schema: Json | undefined, name: string): Json | undefined =>
  isObject(schema) ? schema[name] : undefined;
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
