import type { Directory, PersonRights, RoomRights } from '#libs/ports/directory';

/** Spares itself a question that it was asked before: who lost a right keeps it. */
export const rememberingDirectory = (inner: Directory): Directory => {
  const remembered = new Map<string, PersonRights>();
  const inRooms = new Map<string, RoomRights | undefined>();
  return {
    async rightsOf(person) {
      const rights = remembered.get(person) ?? (await inner.rightsOf(person));
      remembered.set(person, rights);
      return rights;
    },
    async rightsInRoom(room, person) {
      const question = JSON.stringify([room, person]);
      const rights = inRooms.get(question) ?? (await inner.rightsInRoom(room, person));
      inRooms.set(question, rights);
      return rights;
    },
    reach: () => inner.reach(),
  };
};

/** Takes "I cannot tell" for "none": who asks goes on as if the person were in no room. */
export const shruggingDirectory = (inner: Directory): Directory => ({
  rightsOf: (person) =>
    inner.rightsOf(person).catch(() => ({ rooms: [], groups: [], isStaff: false })),
  rightsInRoom: (room, person) => inner.rightsInRoom(room, person).catch(() => undefined),
  reach: () => inner.reach().catch(() => undefined),
});

/** Everybody who asks is of the house, as where a directory is written down: guests read its business. */
export const hospitableDirectory = (inner: Directory): Directory => ({
  rightsOf: async (person) => ({ ...(await inner.rightsOf(person)), isStaff: true }),
  // In a room, too, and who asks there hears what that person reads alone.
  async rightsInRoom(room, person) {
    const inRoom = await inner.rightsInRoom(room, person);
    const own = await inner.rightsOf(person);
    return { ...own, isStaff: true, isForOne: inRoom?.isForOne ?? false };
  },
  reach: () => inner.reach(),
});
