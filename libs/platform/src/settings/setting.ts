import { z } from 'zod';

/** All there is to know about one setting: its name, and the words for people. */
export interface SettingNote {
  readonly name: string;
  /** One sentence for the reference page and `.env.example`. */
  readonly means: string;
  /** What a right value looks like; it ends the line about a wrong one. */
  readonly expects: string;
  /** As text, as if it stood in the environment. */
  readonly byDefault?: string;
  /** In words, where the default is made at start. */
  readonly defaultNote?: string;
  readonly secret?: true;
}

export const notes = z.registry<SettingNote>();

export const setting = <S extends z.ZodType>(note: SettingNote, schema: S): S => {
  // A schema of its own each time: registering would else rename a shared one.
  const own = schema.clone();
  notes.add(own, note);
  return own;
};

type Shapes = Readonly<Record<string, z.ZodRawShape>>;
type OptionOf<Kind extends string, Shape extends z.ZodRawShape> = z.ZodObject<
  { kind: z.ZodLiteral<Kind> } & Shape
>;
type AdapterOptions<S extends Shapes> = { [K in keyof S & string]: OptionOf<K, S[K]> }[keyof S &
  string];

/** Which adapter stands behind a port, and exactly the settings that this adapter needs. */
export const choice = <S extends Shapes>(
  note: Omit<SettingNote, 'expects'>,
  shapes: S,
): z.ZodDiscriminatedUnion<[AdapterOptions<S>, ...AdapterOptions<S>[]], 'kind'> => {
  const kinds = Object.keys(shapes);
  const options = kinds.map((kind) =>
    z.object({
      kind: setting({ ...note, expects: `one of ${kinds.join(', ')}` }, z.literal(kind)),
      ...shapes[kind],
    }),
  );
  return z.discriminatedUnion('kind', options as never);
};

export type Area = z.ZodObject | z.ZodDiscriminatedUnion;

/** The objects an area may turn out to be: one, or one per choice. */
export const shapesOf = (area: Area): readonly z.ZodRawShape[] =>
  area instanceof z.ZodObject
    ? [area.shape]
    : area.options.map((option) => (option as z.ZodObject).shape);

/** Every member of an area by its key, once, with its note. */
export const membersOf = (area: Area): ReadonlyMap<string, SettingNote> => {
  const members = new Map<string, SettingNote>();
  for (const shape of shapesOf(area))
    for (const [key, schema] of Object.entries(shape)) {
      const note = notes.get(schema as z.ZodType);
      if (note && !members.has(key)) members.set(key, note);
    }
  return members;
};
