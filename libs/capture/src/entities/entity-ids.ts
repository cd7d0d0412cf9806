import { toHex, utf8, type Json } from '#libs/kernel';
import type { DocumentKey } from '#libs/ports/change-feed';
import type { Keys } from '#libs/ports/keys';

import type { EntityIdForm } from '../followed-feed.js';

const FITTING: Readonly<Record<EntityIdForm, RegExp>> = {
  rocketchat: /^[A-Za-z0-9_.-]{1,100}$/,
  notice: /^[A-Za-z0-9_-]{1,64}$/,
};

/** What an identity of another type, or a keyed hash, looks like: a text that looks so is hashed, so that no two meet. */
const TAKEN: Readonly<Record<EntityIdForm, RegExp>> = {
  rocketchat: /^[0-9a-f]{64}$/,
  notice: /^(?:[0-9a-f]{24}|[0-9a-f]{64}|-?\d+)$/,
};

/**
 * The last part of an entity's id, as its document's identity gives it; `undefined` where only a keyed hash can stand
 * for it. Rocket.Chat's identities are texts.
 */
export const plainIdOf = (key: DocumentKey, form: EntityIdForm): string | undefined => {
  const identity = JSON.parse(key) as Json;
  if (typeof identity === 'string')
    return FITTING[form].test(identity) && !TAKEN[form].test(identity) ? identity : undefined;
  if (form === 'rocketchat' || typeof identity !== 'object' || identity === null) return undefined;
  const [[type, value] = [], another] = Object.entries(identity);
  if (type === undefined || another || typeof value !== 'string') return undefined;
  if (type === '$oid') return value;
  const number = wholeNumberOf(type, value);
  return number !== undefined && FITTING.notice.test(number) ? number : undefined;
};

/** A whole number is one identity in the database, in each of its types of number. */
const wholeNumberOf = (type: string, value: string): string | undefined => {
  if (!['$numberInt', '$numberLong', '$numberDouble'].includes(type)) return undefined;
  const [, whole] = /^(-?\d+)(?:\.0)?$/.exec(value) ?? [];
  return whole === '-0' ? '0' : whole;
};

/** The ids of the entities of these documents, in order. */
export const entityIds = async (
  documentKeys: readonly DocumentKey[],
  { form, feed, keys }: { form: EntityIdForm; feed: string; keys: Pick<Keys, 'fingerprint'> },
): Promise<readonly string[]> => {
  const plain = documentKeys.map((key) => plainIdOf(key, form));
  const odd = documentKeys.filter((_, i) => plain[i] === undefined);
  if (odd.length === 0) return plain as string[];
  const hashes = await keys.fingerprint(odd.map((key) => utf8(`${feed}\0${identityOf(key)}`)));
  let next = 0;
  return plain.map((id) => id ?? toHex(hashes[next++] ?? new Uint8Array()));
};

const identityOf = (key: DocumentKey): string => {
  const identity = JSON.parse(key) as Json;
  const [[type = '', value] = []] =
    typeof identity === 'object' && identity !== null ? Object.entries(identity) : [];
  return (typeof value === 'string' ? wholeNumberOf(type, value) : undefined) ?? key;
};
