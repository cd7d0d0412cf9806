import { readFile } from 'node:fs/promises';

import { fault } from '#libs/kernel';
import type { Directory, PeopleRights } from '#libs/ports/directory';

import { writtenRights, writtenRightsInRoom } from './directory.js';

export interface FileDirectoryOptions {
  readonly path: string;
  /** Throws at what is no directory. */
  readonly parse: (text: string) => PeopleRights;
}

/**
 * What a file says, read at each question: who loses a right there has lost it at the next question. For files of
 * some thousand people; a larger company has a server for this.
 */
export const fileDirectory = ({ path, parse }: FileDirectoryOptions): Directory => {
  const read = async (): Promise<PeopleRights> => {
    try {
      return parse(await readFile(path, 'utf8'));
    } catch (cause) {
      throw fault('DIRECTORY_UNAVAILABLE', { cause });
    }
  };
  return {
    rightsOf: async (person) => writtenRights(await read(), person),
    rightsInRoom: async (room, person) => writtenRightsInRoom(await read(), room, person),
    reach: async () => void (await read()),
  };
};
