import type { Json, JsonObject } from '#libs/kernel';

/** Fields that hold what a person is called. */
const NAMES =
  /^(?:(?:first|last|full|guest|contact|author|sender)?_?name|firstName|lastName|fullName|guestName|contactName|authorName|senderName|author|usedBy)$/u;
/** What stands under these is called so and is no person. */
const THINGS = new Set(['listing', 'unit', 'home', 'line', 'number', 'company', 'tags']);
const PEOPLE = /^(?:call|contact|guest|colleague|reservation)\//u;
const HOMES = /^(?:listing|phone_number|note|notice|task|calendar_day)\//u;

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const namesIn = (value: Json, key: string): readonly string[] => {
  if (typeof value === 'string') return NAMES.test(key) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (isList(value)) return value.flatMap((one) => namesIn(one, key));
  return Object.entries(value).flatMap(([name, one]) =>
    THINGS.has(name) ? [] : namesIn(one, name),
  );
};

/** Of `Maya Osei, Harbour Loft` the person; a code or a number is no name. */
const personIn = (displayName: Json | undefined): readonly string[] => {
  const [name = ''] = typeof displayName === 'string' ? displayName.split(', ') : [];
  return /\d/u.test(name) ? [] : [name];
};

/** What people are called in a record, by its fields. */
export const personalNames = (record: string, view: JsonObject): readonly string[] => {
  const { displayName, ...fields } = view;
  // A home has a name of its own; within it stand people.
  if (HOMES.test(record))
    return Object.values(fields).flatMap((one) =>
      typeof one === 'object' ? namesIn(one, '') : [],
    );
  return [...(PEOPLE.test(record) ? personIn(displayName) : []), ...namesIn(fields, '')];
};
