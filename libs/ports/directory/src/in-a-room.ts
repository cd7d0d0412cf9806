import type { PersonRights, RoomRights } from './directory.port.js';

/** Where the readers of a room are known one by one: what the person who asks and each one of the others may read. */
export const readByAll = (own: PersonRights, others: readonly PersonRights[]): RoomRights => {
  const common = (of: (rights: PersonRights) => readonly string[]): readonly string[] => {
    const sets = others.map((other) => new Set(of(other)));
    return of(own).filter((each) => sets.every((set) => set.has(each)));
  };
  return {
    ...own,
    rooms: common(({ rooms }) => rooms),
    groups: common(({ groups }) => groups),
    isStaff: own.isStaff && others.every(({ isStaff }) => isStaff),
    isForOne: others.length === 0,
  };
};
