import { staff, type Json, type JsonObject } from '#libs/kernel';
import type { FieldValue } from '#libs/ports/documents';

import { changedAt, stateOf, valuesOf, type FoldRules } from '../merge/record-state.js';
import type {
  KindDefinition,
  KindParts,
  NamedIn,
  NamesInside,
  PhoneHash,
} from './kind-definition.js';
import { namedInside } from './named-inside.js';
import type { DefinedKind, FlatValues } from './record-kind.js';
import type { RecordSection, SectionSetting } from './record-section.js';
import { isoOf, shown } from './show.js';
import { whenFor } from './statement.js';
import type { Sweep, ValueDescriptor, ValueDescriptors } from './values.js';

type AnyParts<Named extends string> = KindParts<FlatValues, FlatValues, string, Named>;

/** A kind as its definition says; what is the same for every kind is added here. */
export const defineKind = <
  const Name extends string,
  V extends ValueDescriptors,
  const Field extends string = never,
  const Named extends string = never,
  const Inside extends NamesInside<V> = Record<never, never>,
>(
  definition: KindDefinition<Name, V, Field, Named, Inside>,
): DefinedKind<Name, Named | NamedIn<Inside>> => {
  const { name, namesInside = {}, repeats = {}, values } = definition;
  // Values of any name: here they are only handed on, from its states to its own functions.
  const parts = definition as unknown as AnyParts<Named>;
  const typed = typedBy(values);
  return {
    name,
    values,
    from: definition.from(whenFor<V>(foldRulesOf(values))),
    names: namesIn(parts),
    namesInside: namesInside,
    repeats,
    ...listingOf(parts),
    ...readingOf(name, typed, parts),
    ...scopesOf(typed, parts),
    ...searchingOf(name, typed, parts, namesInside),
    ...erasingOf(name, typed, parts),
    person: parts.person,
    companyLine: parts.companyLine,
    subjectOf: subjectReading(parts),
  };
};

const foldRulesOf = (values: ValueDescriptors): FoldRules | undefined => {
  const all = Object.entries(values);
  const [whole] = all.find(([, { shape }]) => shape === 'whole') ?? [];
  const sweeps = all.flatMap(([by, value]) => (isSweep(value) ? [{ by, of: value.of }] : []));
  return whole === undefined && sweeps.length === 0 ? undefined : { whole, sweeps };
};

const isSweep = (value: ValueDescriptor): value is Sweep => value.shape === 'sweep';

const namesIn = <Named extends string>({ names = {} }: AnyParts<Named>): Record<string, Named> =>
  Object.fromEntries(
    Object.entries(names).flatMap(([field, kind]) => (kind === undefined ? [] : [[field, kind]])),
  );

/** A record is asked many things in a row, and a state never changes: what was made of the last one is kept. */
const ofTheLast = <From extends object, To>(make: (from: From) => To): ((from: From) => To) => {
  let last: { readonly from: From; readonly to: To } | undefined;
  return (from) => {
    if (last?.from !== from) last = { from, to: make(from) };
    return last.to;
  };
};

const flat = ofTheLast((state: JsonObject): JsonObject => valuesOf(stateOf(state)));

type TypedValues = (fields: JsonObject) => FlatValues;

/** Those that lie in several fields are gathered, in a copy; most kinds have none. */
const typedBy = (values: ValueDescriptors): TypedValues => {
  const gathered = Object.entries(values).filter(([, value]) => value.read !== undefined);
  if (gathered.length === 0) return (fields) => fields;
  return ofTheLast((fields) => {
    const all: Record<string, unknown> = { ...fields };
    for (const [name, value] of gathered) all[name] = value.read?.(fields);
    return all;
  });
};

/** Filter fields that every kind has. `deleted` is 0 or 1: lists show what is 0. */
const commonFields = ['deleted', 'source', 'updatedAt'];

const listingOf = (parts: AnyParts<string>) => ({
  fields: [...commonFields, ...(parts.fields ?? [])],

  fieldsOf(state: JsonObject): Readonly<Record<string, FieldValue>> {
    const values = flat(state);
    const found: Record<string, FieldValue> = {
      deleted: values.deletedAt === undefined ? 0 : 1,
      source: sourceOf(values),
      updatedAt: parts.changedAt?.(values) ?? changedAt(stateOf(state)),
    };
    const own = parts.listed?.(values);
    for (const field of parts.fields ?? []) {
      const value = own?.[field] ?? values[field];
      if (typeof value === 'string' || typeof value === 'number') found[field] = value;
    }
    return found;
  },

  isGone: (state: JsonObject): boolean => flat(state).deletedAt !== undefined,
});

const readingOf = (kind: string, typed: TypedValues, parts: AnyParts<string>) => {
  return {
    view(state: JsonObject): JsonObject {
      const fields = flat(state);
      const id = idOf(fields);
      const own = typed(fields);
      const { deletedAt } = fields;
      return inOrder({
        ...parts.view(own),
        deleted: deletedAt !== undefined,
        deletedAt: isoOf(typeof deletedAt === 'number' ? deletedAt : undefined),
        displayName: parts.nameOf?.(own) ?? id,
        id,
        kind,
        source: sourceOf(fields),
        updatedAt: isoOf(parts.changedAt?.(fields) ?? changedAt(stateOf(state))),
      });
    },

    nameOf(state: JsonObject): string {
      const fields = flat(state);
      const name = parts.nameOf?.(typed(fields));
      return typeof name === 'string' ? name : idOf(fields);
    },

    audienceOf: (state: JsonObject): readonly string[] =>
      parts.audience?.(typed(flat(state))) ?? staff,
    isForAllStaff: parts.audience === undefined,
  };
};

const scopesOf = (typed: TypedValues, parts: AnyParts<string>) => {
  return {
    scopeOf: (state: JsonObject, phoneHash: PhoneHash): readonly string[] =>
      [...(parts.scope?.(typed(flat(state)), phoneHash) ?? [])].sort(),

    phonesOf(state: JsonObject): readonly string[] {
      const phones = new Set<string>();
      parts.scope?.(typed(flat(state)), (phone) => {
        phones.add(phone);
        return undefined;
      });
      return [...phones];
    },
  };
};

const erasingOf = (name: string, typed: TypedValues, parts: AnyParts<string>) => {
  return {
    // Asked for each record that is folded; most kinds cite nothing.
    citedIn: (state: JsonObject): readonly string[] => parts.cites?.(typed(flat(state))) ?? [],

    streamOf(state: JsonObject): string {
      const fields = flat(state);
      return parts.stream?.(typed(fields)) ?? `${name}/${idOf(fields)}`;
    },
  };
};

const searchingOf = <Name extends string, Named extends string>(
  name: Name,
  typed: TypedValues,
  parts: AnyParts<Named>,
  inside: Readonly<Record<string, readonly Named[] | undefined>>,
) => {
  const { names = {}, partOf } = parts;
  const isGone = (fields: JsonObject): boolean => fields.deletedAt !== undefined;
  return {
    // A field that names no record holds the name of a talk: its head is a message itself, or there is none.
    partOf: partOf === undefined ? undefined : { field: partOf, kind: names[partOf] ?? name },

    sectionsOf(state: JsonObject, setting: SectionSetting): readonly RecordSection[] {
      const fields = flat(state);
      return isGone(fields) ? [] : (parts.sections?.(typed(fields), setting) ?? []);
    },

    namedIn(state: JsonObject): readonly string[] {
      const fields = flat(state);
      const named = new Set<string>();
      for (const [field, kind] of Object.entries(names))
        if (typeof fields[field] === 'string' && fields[field] !== '')
          named.add(`${String(kind)}/${fields[field]}`);
      const held = typed(fields);
      const own = idOf(fields);
      for (const [field, kinds = []] of Object.entries(inside))
        for (const name of namedInside(held[field], kinds, own)) named.add(name);
      return [...named].sort();
    },
  };
};

const subjectReading = <Named extends string>({
  about,
  names = {},
}: AnyParts<Named>): DefinedKind<string, Named>['subjectOf'] => {
  if (!about) return undefined;
  const kind = names[about.named];
  if (kind === undefined) return undefined;
  return (state) => {
    const values = flat(state);
    const id = values[about.named];
    return {
      kind,
      id: typeof id === 'string' && id !== '' ? id : undefined,
      phones: about.phones?.(values) ?? [],
      isAnonymous: about.isAnonymous?.(values) ?? false,
    };
  };
};

/** Every layer's newest fact says it, so it is always there. */
const idOf = ({ id }: JsonObject): string => (typeof id === 'string' ? id : '');

/** `aircall.main.4190001001` → `aircall`. What the platform itself decided has an id without a source. */
const sourceOf = (values: JsonObject): string => {
  const id = idOf(values);
  const end = id.indexOf('.');
  return end === -1 ? 'innkeeper' : id.slice(0, end);
};

/** One order for every kind: two records are compared by eye, and by their bytes. */
const inOrder = (fields: Readonly<Record<string, Json | undefined>>): JsonObject =>
  shown(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))));
