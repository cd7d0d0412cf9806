import { canonicalJson, type JsonObject } from '#libs/kernel';
import { z } from 'zod';

import type { FactDefinition } from '../fact.js';
import { compareSchemas } from './compare-schemas.js';
import { widenedSample } from './widened-sample.js';

export interface FactSample {
  readonly data: JsonObject;
  readonly personal?: JsonObject;
}

export interface FactSchemas {
  readonly data: JsonObject;
  readonly personal?: JsonObject;
}

/** A file of `libs/contracts/frozen`: what a type of fact was when it was released, and what it gained since. */
export interface FrozenFact extends FactSample {
  readonly type: string;
  /** An example with each set of optional fields that came later. The first example stays as it was. */
  readonly widened?: readonly (FactSample & { readonly adds: readonly string[] })[];
  /** Missing in a new file: `npm run freeze` adds them. */
  readonly schemas?: FactSchemas;
}

export type FreezeOutcome =
  | { readonly outcome: 'same' }
  | { readonly outcome: 'frozen'; readonly frozen: FrozenFact; readonly says: string }
  | { readonly outcome: 'refused'; readonly reasons: readonly string[] };

export const schemasOf = ({ data, personal }: FactDefinition): FactSchemas => ({
  data: jsonSchema(data),
  ...(personal && { personal: jsonSchema(personal) }),
});

/** Whether a type of fact may be what its schema says today, and what its frozen file is then. */
export const freezeFact = (definition: FactDefinition, frozen: FrozenFact): FreezeOutcome => {
  const schemas = schemasOf(definition);
  if (!frozen.schemas) return freezeNew(definition, frozen, schemas);
  if (canonicalJson(frozen.schemas) === canonicalJson(schemas)) return { outcome: 'same' };
  const { added, reasons } = compared(frozen.schemas, schemas);
  if (reasons.length > 0) {
    const advice = `Make ${nextVersion(definition.type)} with an upcast instead.`;
    return { outcome: 'refused', reasons: reasons.map((reason) => `${reason} ${advice}`) };
  }
  return widen(definition, frozen, { schemas, added });
};

const freezeNew = (
  definition: FactDefinition,
  { type, data, personal }: FrozenFact,
  schemas: FactSchemas,
): FreezeOutcome => {
  const sample = { data, ...(personal && { personal }) };
  if (!isValid(definition, sample))
    return { outcome: 'refused', reasons: ['Its sample does not fit its schema.'] };
  return {
    outcome: 'frozen',
    frozen: { type, ...sample, schemas },
    says: 'is new: its sample and its schema are frozen.',
  };
};

const widen = (
  definition: FactDefinition,
  frozen: FrozenFact,
  { schemas, added }: { readonly schemas: FactSchemas; readonly added: readonly string[] },
): FreezeOutcome => {
  const { type, data, personal, widened = [] } = frozen;
  const latest = widened.at(-1) ?? frozen;
  const said = (part: 'data' | 'personal'): JsonObject =>
    widenedSample(latest[part] ?? {}, schemas[part], { path: part, added }) as JsonObject;
  const sample = {
    data: said('data'),
    ...(schemas.personal && { personal: said('personal') }),
  };
  if (![frozen, ...widened, sample].every((one) => isValid(definition, one)))
    return {
      outcome: 'refused',
      reasons: ['No sample with the new fields could be made: see widened-sample.ts.'],
    };
  return {
    outcome: 'frozen',
    frozen: {
      ...{ type, data },
      ...(personal && { personal }),
      widened: [...widened, { adds: added, ...sample }],
      schemas,
    },
    says: `gained ${added.join(', ')}: optional, so no new version. A sample with it is added.`,
  };
};

/** A personal part that is new has optional fields only, since every stored fact lacks them. */
const NO_FIELDS = { type: 'object', properties: {}, additionalProperties: false } as const;

const compared = (before: FactSchemas, after: FactSchemas) => {
  const parts = [
    compareSchemas('data', before.data, after.data),
    compareSchemas('personal', partOf(before.personal), partOf(after.personal)),
  ];
  const added = parts.flatMap((part) => part.added);
  const gone = parts.flatMap((part) => part.gone);
  const moved = added.filter((path) => isPersonalElsewhere(path, before, gone));
  return {
    added,
    reasons: [
      ...moved.map((path) => `${path} was in the other part: what is personal never changes.`),
      ...gone.map((path) => `${path} is gone: a field is never removed or renamed.`),
      ...parts.flatMap((part) => part.refused),
    ],
  };
};

const partOf = (schema: JsonObject | undefined): JsonObject => {
  const { $schema: _, ...rest } = schema ?? {};
  return schema ? rest : NO_FIELDS;
};

/** Whether a new field of one part is or was a field of the other one. */
const isPersonalElsewhere = (
  path: string,
  before: FactSchemas,
  gone: readonly string[],
): boolean => {
  const [part, ...names] = path.split('.');
  const other = part === 'data' ? 'personal' : 'data';
  const isGoneThere = gone.some(
    (lost) => lost.startsWith(`${other}.`) && lost.split('.').at(-1) === names.at(-1),
  );
  const there = fieldAt(before[other], names);
  return isGoneThere || (there !== undefined && !('properties' in there));
};

const fieldAt = (schema: JsonObject | undefined, names: readonly string[]) =>
  names.reduce<JsonObject | undefined>((at, name) => {
    const properties = at?.properties as JsonObject | undefined;
    return properties?.[name] as JsonObject | undefined;
  }, schema);

const isValid = ({ data, personal }: FactDefinition, sample: FactSample): boolean =>
  data.safeParse(sample.data).success &&
  (sample.personal === undefined || personal?.safeParse(sample.personal).success === true);

const jsonSchema = (schema: z.ZodType): JsonObject =>
  JSON.parse(JSON.stringify(z.toJSONSchema(schema))) as JsonObject;

const nextVersion = (type: string): string => {
  const at = type.lastIndexOf('.v') + 2;
  return `${type.slice(0, at)}${Number(type.slice(at)) + 1}`;
};
