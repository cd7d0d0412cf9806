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
import type { Directory, PersonRights } from '#libs/ports/directory';
import type { Keys } from '#libs/ports/keys';

import { LOCAL_OPERATOR, type Operator } from './tokens.js';

export interface PrincipalParts {
  readonly directory: Pick<Directory, 'rightsOf'>;
  readonly keys: Pick<Keys, 'fingerprint'>;
}

export interface RoomPrincipalParts {
  readonly directory: Pick<Directory, 'rightsInRoom'>;
  readonly keys: Pick<Keys, 'fingerprint'>;
}

/** Whose question it is, and what that person may read at this moment. */
export interface PersonWhoReads {
  readonly asker: Principal;
  readonly principals: Principals;
}

/** 128 bits: two people never share one. */
const LENGTH = 32;

const hashed = async (
  { keys }: Pick<PrincipalParts, 'keys'>,
  person: string,
): Promise<Principal> => {
  const [print = new Uint8Array()] = await keys.fingerprint([utf8(person)]);
  return userPrincipal(toHex(print).slice(0, LENGTH));
};

/** A person as audiences hold one: by a keyed hash, which nobody can turn back without the key. */
export const principalOfPerson = (
  parts: Pick<PrincipalParts, 'keys'>,
  person: string,
): Promise<Principal> => hashed(parts, `user\n${person}`);

/** An id and a name of the same letters are two: somebody may have taken the id of another for a name. */
export const principalOfId = (
  parts: Pick<PrincipalParts, 'keys'>,
  id: string,
): Promise<Principal> => hashed(parts, `user id\n${id}`);

/** By the id that the directory knows, so a new name loses nothing and a name that was left gives nothing away. */
const principalOfRights = (
  parts: Pick<PrincipalParts, 'keys'>,
  { id }: Pick<PersonRights, 'id'>,
  name: string,
): Promise<Principal> =>
  id === undefined ? principalOfPerson(parts, name) : principalOfId(parts, id);

const principalsIn = ({ rooms, groups, isStaff }: PersonRights, person: Principals): Principals => [
  ...(isStaff ? staff : []),
  ...person,
  ...rooms.map(roomPrincipal),
  ...groups.map(groupPrincipal),
];

/** Somebody whom the chat or a token names, of whom the directory is asked in any case. */
const readerInDirectory = async (parts: PrincipalParts, name: string): Promise<PersonWhoReads> => {
  const rights = await parts.directory.rightsOf(name);
  const asker = await principalOfRights(parts, rights, name);
  return { asker, principals: principalsIn(rights, [asker]) };
};

/**
 * As whom an operator reads, now: the person, one of the staff if the directory says so, and of the rooms and groups that
 * it names at this moment. While the directory is away nobody can tell, so nobody reads.
 */
export const readerOf = async (
  parts: PrincipalParts,
  { name }: Pick<Operator, 'name'>,
): Promise<PersonWhoReads> => {
  if (name !== LOCAL_OPERATOR) return readerInDirectory(parts, name);
  // At the machine itself, with no person behind it: the staff. No directory is asked.
  const asker = await principalOfPerson(parts, name);
  return { asker, principals: [...staff, asker] };
};

export const principalsOf = async (
  parts: PrincipalParts,
  operator: Pick<Operator, 'name'>,
): Promise<Principals> => (await readerOf(parts, operator)).principals;

/**
 * As whom a question of this person is answered in this room: what each one of those may read who read the room now. What
 * is for one person alone is among it only where nobody else reads. `undefined`: the person does not read the room.
 */
export const principalsInRoom = async (
  parts: RoomPrincipalParts,
  room: string,
  person: string,
): Promise<Principals | undefined> => {
  const rights = await parts.directory.rightsInRoom(room, person);
  if (rights === undefined) return undefined;
  const own = rights.isForOne ? [await principalOfRights(parts, rights, person)] : [];
  return principalsIn(rights, own);
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
