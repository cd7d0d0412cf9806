import type { Json, JsonObject } from '#libs/kernel';
import type { StoredDocument } from '#libs/ports/documents';

import { claimsIn, isBearer } from '../identities/bearers.js';
import { placeOf } from '../identities/identity-index.js';
import { recordKinds } from '../kinds/index.js';
import { stateOf, valuesOf } from '../merge/record-state.js';
import type { FoundBy } from './erasure-plan.js';

/** What a person is known by, in forms that can be looked for in any text. */
export interface PersonValues {
  /** Of the person's own records, by `<kind>/<id>`. */
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** The last digits: however the number is written. */
  readonly numbers: readonly string[];
  readonly mails: readonly string[];
}

/** Shorter ones stand anywhere. */
const LEAST_NAME = 5;
/** Enough to be nobody else's, and without the country and the zero before the area. */
const DIGITS = 9;

/** Fields of records that are about a person, which say who that is. */
const NAMES = ['contactName', 'guestName', 'mentionedName'] as const;
const MAILS = ['guestMail'] as const;

/** From what will be erased, while it can still be read. */
export const valuesOfPerson = (taken: ReadonlyMap<string, StoredDocument>): PersonValues => {
  const names = new Set<string>();
  const numbers = new Set<string>();
  const mails = new Set<string>();
  const add = (set: Set<string>, value: string | undefined, least: number): void => {
    if (value !== undefined && value.length >= least) set.add(value.toLowerCase());
  };
  for (const [record, { body }] of taken) {
    const [kind] = placeOf(record);
    const state = stateOf(body as JsonObject);
    const values = valuesOf(state);
    if (isBearer(kind)) {
      add(names, claimsIn(kind, state).name, LEAST_NAME);
      for (const mail of mailsIn(values)) add(mails, mail, 1);
    }
    for (const phone of recordKinds[kind].phonesOf(body as JsonObject))
      add(numbers, lastDigits(phone), DIGITS);
    for (const field of NAMES) add(names, stringOf(values[field]), LEAST_NAME);
    for (const field of MAILS) add(mails, stringOf(values[field]), 1);
  }
  const ids = [...taken.keys()].filter((record) => isBearer(placeOf(record)[0]));
  return { ids, names: [...names], numbers: [...numbers], mails: [...mails] };
};

/** A contact's have labels, a guest's have none. */
const mailsIn = ({ mail, mails }: JsonObject): readonly string[] =>
  [mail, ...(Array.isArray(mails) ? (mails as readonly Json[]) : [])].flatMap(
    (one) => stringOf(one) ?? stringOf((one as JsonObject | undefined)?.value) ?? [],
  );

const stringOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

const lastDigits = (phone: string): string => phone.replace(/\D/gu, '').slice(-DIGITS);

/** What of the person a text holds. A number is found however it is written. */
export const foundIn = (
  text: string,
  { mails, names, numbers }: Omit<PersonValues, 'ids'>,
): FoundBy | undefined => {
  const lower = text.toLowerCase();
  if (mails.some((mail) => lower.includes(mail))) return 'mail';
  if (names.some((name) => lower.includes(name))) return 'name';
  if (numbers.length === 0) return undefined;
  const digits = lower.replace(/[\s().\-/]/gu, '');
  return numbers.some((number) => digits.includes(number)) ? 'number' : undefined;
};
