import type { JsonObject } from '#libs/kernel';

import type { PhoneHash } from './kind-definition.js';

/** What a record with these numbers is about. A number that could not be read is what no other record can be about. */
export const phoneScopes = (
  phones: readonly (string | undefined)[],
  phoneHash: PhoneHash,
): readonly string[] =>
  phones.flatMap((phone) => {
    const hash = phone === undefined || phone === '' ? undefined : phoneHash(phone);
    return hash === undefined ? [] : [`phone:${hash}`];
  });

/** What a stored record says that it is about, beside the records that it names. It stands beside its state. */
export const scopeIn = ({ scope }: JsonObject): readonly string[] =>
  (scope as readonly string[] | undefined) ?? [];
