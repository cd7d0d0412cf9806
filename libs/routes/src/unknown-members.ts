import { z } from 'zod';

const asked = { keep: z.looseObject, refuse: z.strictObject } as const;
type UnknownMembers = keyof typeof asked;

/**
 * The same schema, for members that it does not name. Who reads an answer keeps them, because a later
 * version may send more; a test of who writes it refuses them.
 */
export const withUnknownMembers = <S extends z.ZodType>(
  schema: S,
  members: UnknownMembers,
): z.ZodType<z.output<S>> => adjusted(schema, members) as z.ZodType<z.output<S>>;

const adjusted = (schema: z.core.$ZodType, members: UnknownMembers): z.core.$ZodType => {
  const inner = (part: z.core.$ZodType) => adjusted(part, members);
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape as z.core.$ZodShape).map(
      ([name, part]) => [name, inner(part)] as const,
    );
    // What is open by its own word stays open.
    const how = schema.def.catchall instanceof z.ZodUnknown ? 'keep' : members;
    return asked[how](Object.fromEntries(shape));
  }
  if (schema instanceof z.ZodArray) return z.array(inner(schema.element));
  if (schema instanceof z.ZodOptional) return z.optional(inner(schema.unwrap()));
  if (schema instanceof z.ZodNullable) return z.nullable(inner(schema.unwrap()));
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map(inner));
  return schema;
};
