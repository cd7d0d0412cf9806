import {
  readByAll,
  type Directory,
  type PeopleRights,
  type PersonRights,
  type RoomRights,
} from '#libs/ports/directory';

/** Who holds a token is of the house, in no room and no group unless it is written down. */
const STRANGER: PersonRights = { rooms: [], groups: [], isStaff: true };

/** Of what is written down, all are staff. */
export const writtenRights = (people: PeopleRights, person: string): PersonRights => ({
  ...(people.get(person) ?? STRANGER),
  isStaff: true,
});

/** A room is read by those of whom it is written down; who is not known to be in one reads none. */
export const writtenRightsInRoom = (
  people: PeopleRights,
  room: string,
  person: string,
): RoomRights | undefined => {
  const readers = [...people].filter(([, { rooms }]) => rooms.includes(room));
  if (!readers.some(([name]) => name === person)) return undefined;
  const others = readers.filter(([name]) => name !== person);
  return readByAll(
    writtenRights(people, person),
    others.map(([name]) => writtenRights(people, name)),
  );
};

/** What a setting says at the start, for as long as the process runs: a change needs a restart. */
export const settingsDirectory = ({ people }: { readonly people: PeopleRights }): Directory => {
  // A copy: who gave it may go on with it.
  const known = new Map(people);
  return {
    rightsOf: async (person) => writtenRights(known, person),
    rightsInRoom: async (room, person) => writtenRightsInRoom(known, room, person),
    reach: () => Promise.resolve(),
  };
};
