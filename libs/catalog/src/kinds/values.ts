import type { Json, JsonObject } from '#libs/kernel';

/**
 * A record's state is flat: each field follows its own newest fact. These descriptors say how the values of a kind
 * lie in it, and what type they have. Nothing is parsed: the fact was checked when it was read, and the state is ours.
 */
export type ValueShape =
  'one' | 'progress' | 'items' | 'parts' | 'group' | 'per_currency' | 'sweep' | 'whole';

export interface ValueDescriptor<Read = unknown, Shape extends ValueShape = ValueShape> {
  readonly shape: Shape;
  /** Its fields begin with this; missing where it is one field that has the value's own name. */
  readonly prefix?: string;
  /** Missing where the field is the value as it is. */
  read?(fields: JsonObject): Read | undefined;
}

export type ValueDescriptors = Readonly<Record<string, ValueDescriptor>>;

export type ReadOf<Descriptor> =
  Descriptor extends ValueDescriptor<infer Read, ValueShape> ? Read : never;

/** A record's values to those who read them. Each may be missing: not told yet, or erased. */
export type ValuesOf<V extends ValueDescriptors> = {
  readonly [Name in keyof V]?: ReadOf<V[Name]>;
} & { readonly id: string };

type NamedValues<V extends ValueDescriptors, Shapes extends ValueShape> = {
  readonly [Name in keyof V as V[Name]['shape'] extends Shapes ? Name : never]?:
    ReadOf<V[Name]> | undefined;
};

/** Those that are one field each: code that needs only these reads the flat state as it is. */
export type PlainValuesOf<V extends ValueDescriptors> = NamedValues<V, 'one' | 'progress'> & {
  readonly id: string;
};

/** What a fact may say by name; items, parts and groups are said with their descriptor's `told`. */
export type FieldsOf<V extends ValueDescriptors> = NamedValues<V, 'one' | 'sweep' | 'whole'> & {
  readonly id: string;
};

/** What follows how far the thing has come before it follows the clock. */
export type ProgressOf<V extends ValueDescriptors> = NamedValues<V, 'progress'>;

/** One value: the newest fact that says it counts. */
export const one = <Value extends Json>(): ValueDescriptor<Value, 'one'> => ({ shape: 'one' });

export const text = one<string>();
export const number = one<number>();
export const flag = one<boolean>();
export const texts = one<readonly string[]>();
/** Milliseconds since 1970, UTC. */
export const instant = one<number>();
/** The id of a record, or of something there is no record of. */
export const id = one<string>();

/** One value that never goes back, even if facts come late: a call that ended is not ringing again. */
export const progress = <Value extends Json>(): ValueDescriptor<Value, 'progress'> => ({
  shape: 'progress',
});

/** Says that a list of items is whole: what an older fact said of these items counts no more. */
export const sweep = ({ prefix }: { readonly prefix: string }): Sweep => ({
  shape: 'sweep',
  of: prefix,
});

export interface Sweep extends ValueDescriptor<'all', 'sweep'> {
  /** The prefix of what it sweeps. */
  readonly of: string;
}

/** Says that a fact tells everything: older facts count no more, not even in what only they said. */
export const whole = (): ValueDescriptor<true, 'whole'> => ({ shape: 'whole' });

export interface ItemWithId<Value> {
  readonly id: string;
  readonly value: Value;
}

/** A list of things with ids: each is a field of its own, `comment:7`, because a fact may tell only one of them. */
export interface Items<Value> extends ValueDescriptor<readonly ItemWithId<Value>[], 'items'> {
  readonly prefix: string;
  /** As the fields of a statement. */
  told<Thing extends { readonly id: string }>(
    things: readonly Thing[] | undefined,
    valueOf: (thing: Thing) => Value | undefined,
  ): object;
  /** Adds them to what is said already: a call has many lists and no time for copies. */
  addTo<Thing extends { readonly id: string }>(
    fields: object,
    things: readonly Thing[] | undefined,
    valueOf: (thing: Thing) => Value | undefined,
  ): void;
}

export const items = <Value extends Json>(name: string): Items<Value> => {
  const prefix = `${name}:`;
  return {
    shape: 'items',
    prefix,
    read(fields) {
      const names = namesUnder(fields, prefix);
      if (names.length === 0) return undefined;
      return names.map((field) => ({
        id: field.slice(prefix.length),
        value: fields[field] as Value,
      }));
    },
    told(things, valueOf) {
      if (things === undefined || things.length === 0) return NOTHING;
      const fields = {};
      this.addTo(fields, things, valueOf);
      return fields;
    },
    addTo(fields: Record<string, Json | undefined>, things, valueOf) {
      if (things === undefined) return;
      for (const thing of things) fields[prefix + thing.id] = valueOf(thing);
    },
  };
};

/** Things with ids that are told in parts: each part of each is a field, `agent:s1:endedAt`. */
export interface PartedItems<Value> extends ValueDescriptor<
  readonly ItemWithId<Partial<Value>>[],
  'parts'
> {
  readonly prefix: string;
  told(id: string, parts: { readonly [Part in keyof Value]?: Value[Part] | undefined }): object;
}

export const parts = <Value extends JsonObject>(name: string): PartedItems<Value> => {
  const prefix = `${name}:`;
  return {
    shape: 'parts',
    prefix,
    read(fields) {
      const things = new Map<string, Record<string, Json | undefined>>();
      for (const field of namesUnder(fields, prefix)) {
        const end = field.lastIndexOf(':');
        const of = field.slice(prefix.length, end);
        let thing = things.get(of);
        if (!thing) things.set(of, (thing = {}));
        thing[field.slice(end + 1)] = fields[field];
      }
      if (things.size === 0) return undefined;
      return [...things].map(([of, value]) => ({ id: of, value: value as Partial<Value> }));
    },
    told(of, said) {
      return underPrefix(`${prefix}${of}:`, said);
    },
  };
};

/**
 * A thing that is told in parts: a lean body that gives the number of guests must not take away how many of them are
 * children. So each member is a field of its own, `guests.total`.
 */
export interface Group<Value> extends ValueDescriptor<Partial<Value>, 'group'> {
  readonly prefix: string;
  told(group: Value | undefined): object;
}

export const group = <Value extends JsonObject>(name: string): Group<Value> => {
  const prefix = `${name}.`;
  return {
    shape: 'group',
    prefix,
    read: (fields) => membersUnder(fields, prefix) as Partial<Value> | undefined,
    told: (said) => (said ? underPrefix(prefix, said) : NOTHING),
  };
};

/** Amounts: each currency is a group of its own, so that amounts of two are never put together. */
export interface PerCurrency<Amounts> extends ValueDescriptor<
  Partial<Amounts> & { readonly currency: string },
  'per_currency'
> {
  readonly prefix: string;
  /** Says the `currency` too, which a kind declares as a value beside this one. */
  told(money: (Amounts & { readonly currency: string }) | undefined): {
    readonly currency?: string;
  };
}

export const perCurrency = <Amounts extends JsonObject>(name: string): PerCurrency<Amounts> => ({
  shape: 'per_currency',
  prefix: `${name}.`,
  read(fields) {
    const { currency } = fields;
    if (typeof currency !== 'string' || currency === '') return undefined;
    const amounts = membersUnder(fields, `${name}.${currency}.`);
    return amounts && { ...(amounts as Partial<Amounts>), currency };
  },
  told(money) {
    if (!money) return {};
    const { currency, ...amounts } = money;
    return { ...underPrefix(`${name}.${currency}.`, amounts), currency };
  },
});

/** What is not there says nothing. */
const NOTHING = Object.freeze({});

/** In one order, no matter which fact said which of them. */
const namesUnder = (fields: JsonObject, prefix: string): readonly string[] =>
  Object.keys(fields)
    .filter((field) => field.startsWith(prefix))
    .sort();

const membersUnder = (fields: JsonObject, prefix: string): JsonObject | undefined => {
  const names = namesUnder(fields, prefix);
  if (names.length === 0) return undefined;
  const members: Record<string, Json> = {};
  for (const field of names) {
    const value = fields[field];
    if (value !== undefined) members[field.slice(prefix.length)] = value;
  }
  return members;
};

const underPrefix = (prefix: string, said: object): Record<string, unknown> => {
  const fields: Record<string, unknown> = {};
  for (const member in said) fields[prefix + member] = said[member as keyof typeof said];
  return fields;
};
