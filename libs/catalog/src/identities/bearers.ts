import type { Json, JsonObject } from '#libs/kernel';

import type { KindName } from '../kinds/index.js';
import { itemsOf, stringOf } from '../kinds/kind.js';
import { valuesOf, type RecordState } from '../merge/record-state.js';
import { mailHandle, phoneHandle, type Handle } from './handles.js';

/** Records that name a person and say how to reach them. */
export const bearerKinds = ['colleague', 'contact', 'guest'] as const;
export type BearerKind = (typeof bearerKinds)[number];

/** The company's own lines claim their numbers too: a number of ours identifies nobody. */
export type ClaimingKind = BearerKind | 'phone_number';

export interface Borne {
  readonly name?: string;
  readonly handles: readonly Handle[];
}

interface Reading {
  /** Fields whose change may change whom it is linked to. */
  readonly fields: readonly string[];
  readonly name: (values: JsonObject) => string | undefined;
  readonly phones: (values: JsonObject) => readonly (string | undefined)[];
  readonly mails: (values: JsonObject) => readonly (string | undefined)[];
}

const texts = (value: Json | undefined): readonly (string | undefined)[] =>
  Array.isArray(value) ? value.map((item: Json) => stringOf(item)) : [];
const within = (value: Json | undefined, field: string): readonly (string | undefined)[] =>
  itemsOf(value)?.map((item) => stringOf(item[field])) ?? [];
const together = (...words: readonly (Json | undefined)[]): string | undefined =>
  words.flatMap((word) => stringOf(word) ?? []).join(' ') || undefined;

const readings: Readonly<Record<ClaimingKind, Reading>> = {
  colleague: {
    fields: ['mail', 'name'],
    name: ({ name }) => stringOf(name),
    phones: () => [],
    mails: ({ mail }) => [stringOf(mail)],
  },
  contact: {
    fields: ['company', 'firstName', 'lastName', 'mails', 'phones'],
    // A company's name agrees with nobody's, so that its number becomes no lone guest's.
    name: ({ company, firstName, lastName }) => together(firstName, lastName) ?? stringOf(company),
    phones: ({ phones }) => within(phones, 'e164'),
    mails: ({ mails }) => within(mails, 'value'),
  },
  guest: {
    fields: ['firstName', 'fullName', 'lastName', 'mails', 'mentionedName', 'phones'],
    name: ({ firstName, fullName, lastName, mentionedName }) =>
      stringOf(fullName) ?? together(firstName, lastName) ?? stringOf(mentionedName),
    phones: ({ phones }) => within(phones, 'e164'),
    mails: ({ mails }) => texts(mails),
  },
  phone_number: {
    fields: ['phone'],
    name: () => undefined,
    phones: ({ phone }) => [stringOf(phone)],
    mails: () => [],
  },
};

export const isClaiming = (kind: KindName): kind is ClaimingKind => Object.hasOwn(readings, kind);
export const isBearer = (kind: string): kind is BearerKind =>
  (bearerKinds as readonly string[]).includes(kind);

/** More ways to reach one person than this are a list that somebody put into one entry. */
const MOST = 40;
const LETTER = /\p{L}/u;

/** What a record says of whom it is about. What is deleted at its source speaks for nobody any more. */
export const borneBy = (kind: ClaimingKind, state: RecordState): Borne => {
  const values = valuesOf(state);
  if (values.deletedAt !== undefined) return { handles: [] };
  const { mails, name, phones } = readings[kind];
  const handles = [
    ...phones(values).map((phone) => phone && phoneHandle(phone)),
    ...mails(values).map((mail) => mail && mailHandle(mail)),
  ];
  const called = name(values);
  return {
    // A number in place of a name says as little as none.
    ...(called !== undefined && LETTER.test(called) && { name: called }),
    handles: [...new Set(handles.flatMap((handle) => handle || []))].slice(0, MOST),
  };
};

/** Asked of each bearer in each batch, and almost always so: nothing is made of the states to answer it. */
export const saysTheSame = (kind: ClaimingKind, before: RecordState, after: RecordState): boolean =>
  before === after ||
  ['deletedAt', ...readings[kind].fields].every((field) =>
    isSame(said(before, field), said(after, field)),
  ) ||
  JSON.stringify(borneBy(kind, before)) === JSON.stringify(borneBy(kind, after));

const said = ({ layers, progress }: RecordState, field: string): Json | undefined => {
  for (const half of [progress, layers])
    for (let i = half.length - 1; i >= 0; i--) {
      const value = half[i]?.[1][field];
      if (value !== undefined) return value;
    }
  return undefined;
};

const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
