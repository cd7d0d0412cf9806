import type { ChatRoom } from './chat-documents.js';
import type { StaffSetting } from './options.js';

const ROOM = 'room:';

/** What the setting names: roles, and rooms whose members are staff. */
export const staffNames = (
  setting: StaffSetting,
): { readonly roles: readonly string[]; readonly rooms: readonly string[] } => ({
  roles: setting.filter((each) => !each.startsWith(ROOM)),
  rooms: setting.filter((each) => each.startsWith(ROOM)).map((each) => each.slice(ROOM.length)),
});

/**
 * The ids that are meant by a list of ids and names. An id goes before a name: else somebody could give a room of
 * their own the id of another for its name, and be taken for it.
 */
export const meantIds = (
  wanted: readonly string[],
  things: readonly { readonly id: string; readonly name?: string }[],
): ReadonlySet<string> => {
  const ids = new Set(things.map(({ id }) => id));
  const named = new Set(wanted.filter((each) => !ids.has(each)));
  return new Set([
    ...wanted.filter((each) => ids.has(each)),
    ...things.flatMap(({ id, name }) => (name !== undefined && named.has(name) ? [id] : [])),
  ]);
};

/** Of a room of this type a list of members says something. A discussion is not meant: its members come by its parent. */
export const hasMembers = ({ type, parent }: ChatRoom): boolean =>
  (type === 'c' || type === 'p') && parent === undefined;
