import {
  fault,
  groupPrincipal,
  mayAct,
  roomPrincipal,
  staff,
  toHex,
  userPrincipal,
  utf8,
  type Principal,
  type Principals,
} from '#libs/kernel';
import type { Directory } from '#libs/ports/directory';
import type { Keys } from '#libs/ports/keys';

import { LOCAL_OPERATOR, type Operator } from './tokens.js';

export interface PrincipalParts {
  readonly directory: Pick<Directory, 'rightsOf'>;
  readonly keys: Pick<Keys, 'fingerprint'>;
}

/** 128 bits: two people never share one. */
const LENGTH = 32;

/** A person as audiences hold one: by a keyed hash, which nobody can turn back without the key. */
export const principalOfPerson = async (
  { keys }: Pick<PrincipalParts, 'keys'>,
  person: string,
): Promise<Principal> => {
  const [print = new Uint8Array()] = await keys.fingerprint([utf8(`user\n${person}`)]);
  return userPrincipal(toHex(print).slice(0, LENGTH));
};

/**
 * As whom an operator reads, now: the person, one of the staff if the directory says so, and of the rooms and groups that
 * it names at this moment. While the directory is away nobody can tell, so nobody reads.
 */
export const principalsOf = async (
  parts: PrincipalParts,
  { name }: Pick<Operator, 'name'>,
): Promise<Principals> => {
  const person = await principalOfPerson(parts, name);
  // At the machine itself, with no person behind it: the staff. No directory is asked.
  if (name === LOCAL_OPERATOR) return [...staff, person];
  const { rooms, groups, isStaff } = await parts.directory.rightsOf(name);
  return [
    ...(isStaff ? staff : []),
    person,
    ...rooms.map(roomPrincipal),
    ...groups.map(groupPrincipal),
  ];
};

/**
 * As whom an administrator reads in the place of another: `staff`, `group:<name>`, `room:<id>`, or a person by name.
 * In a room or a group: as one of the staff who is in it.
 */
export const principalsInPlaceOf = async (
  parts: PrincipalParts,
  { role }: Operator,
  other: string,
): Promise<Principals> => {
  if (!mayAct(role, 'admin')) throw fault('API_ROLE_INSUFFICIENT');
  if (other === 'staff') return staff;
  if (/^(?:group|room):[A-Za-z0-9._:-]{1,128}$/.test(other)) return [...staff, other];
  return principalsOf(parts, { name: other.replace(/^user:/, '') });
};
