import type { Json } from '#libs/kernel';

import { kindNames, recordKinds, type KindName } from '../kinds/index.js';
import { valuesOf, type RecordState } from '../merge/record-state.js';
import { mailHandle, phoneHandle, type Handle } from './handles.js';

/** Kinds whose records name a person and say how to reach them. */
export const bearerKinds = kindNames.filter((kind) => recordKinds[kind].person);

export interface PersonClaims {
  readonly name?: string;
  readonly handles: readonly Handle[];
}

/** The company's own lines claim their numbers too: a number of ours identifies nobody. */
const claimOf = (kind: KindName) => recordKinds[kind].person ?? recordKinds[kind].companyLine;

export const isClaiming = (kind: KindName): boolean => claimOf(kind) !== undefined;
export const isBearer = (kind: KindName): boolean => recordKinds[kind].person !== undefined;
export const isCompanyLine = (kind: KindName): boolean =>
  recordKinds[kind].companyLine !== undefined;

/** More ways to reach one person than this are a list that somebody put into one entry. */
const MOST = 40;
const LETTER = /\p{L}/u;

/** What a record says of whom it is about. What is deleted at its source is evidence for nobody any more. */
export const claimsIn = (kind: KindName, state: RecordState): PersonClaims => {
  const values = valuesOf(state);
  const claim = claimOf(kind);
  if (!claim || values.deletedAt !== undefined) return { handles: [] };
  const handles = [
    ...(claim.phones?.(values) ?? []).map((phone) => phone && phoneHandle(phone)),
    ...(claim.mails?.(values) ?? []).map((mail) => mail && mailHandle(mail)),
  ];
  const called = claim.name?.(values);
  return {
    // A number in place of a name says as little as none.
    ...(called !== undefined && LETTER.test(called) && { name: called }),
    handles: [...new Set(handles.flatMap((handle) => handle || []))].slice(0, MOST),
  };
};

/** Asked of each bearer in each batch, and almost always so: nothing is made of the states to answer it. */
export const saysTheSame = (kind: KindName, before: RecordState, after: RecordState): boolean => {
  if (before === after) return true;
  const isTheSame = (field: string): boolean => isSame(said(before, field), said(after, field));
  return (
    (isTheSame('deletedAt') && (claimOf(kind)?.fields ?? []).every(isTheSame)) ||
    JSON.stringify(claimsIn(kind, before)) === JSON.stringify(claimsIn(kind, after))
  );
};

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
