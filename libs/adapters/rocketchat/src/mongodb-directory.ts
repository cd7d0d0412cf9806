import { fault } from '#libs/kernel';
import type { Directory, PersonRights } from '#libs/ports/directory';

import { findPerson } from './chat-reader.js';
import { lookUp, rightsOf } from './looked-up.js';
import type { MongodbRocketchatDirectoryOptions } from './options.js';
import { rightsInRoom } from './rights-in-room.js';

/** Somebody whom the chat does not know, or does not let ask. */
export const NOBODY: PersonRights = { rooms: [], groups: [], isStaff: false };

/**
 * Who may read what, from the chat's own documents as they are at the question. That takes four readings one after the
 * other, each of a few queries, in a chat of any size. All of them see the same moment, so no right is put together
 * from two.
 */
export const mongodbRocketchatDirectory = (
  options: MongodbRocketchatDirectoryOptions,
): Directory => {
  const { database, patienceMs = 1_000 } = options;
  return {
    rightsOf: (name) =>
      database.reading(patienceMs, async (find) => {
        const person = await findPerson(find, name);
        return person ? rightsOf(await lookUp(find, person, options)) : NOBODY;
      }),

    rightsInRoom: (room, name) =>
      database.reading(patienceMs, async (find) => {
        // Half a character becomes another one on the way, and so another room.
        if (!room.isWellFormed()) return undefined;
        const person = await findPerson(find, name);
        return person && rightsInRoom(find, { room, person }, options);
      }),

    reach: () =>
      database.reading(patienceMs, async (find) => {
        const known = await find({
          collection: 'rocketchat_permissions',
          filter: { _id: 'view-c-room' },
          fields: ['roles'],
        });
        // Of a chat there is always one: this is another database.
        if (known.length === 0)
          throw fault('DIRECTORY_UNAVAILABLE', { details: { reason: 'no permissions' } });
      }),
  };
};
