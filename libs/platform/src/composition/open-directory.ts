import { fileDirectory, settingsDirectory } from '#libs/adapters/settings';
import type { Directory } from '#libs/ports/directory';

import { parsePeople } from '../settings/people.js';
import type { Settings } from '../settings/read-settings.js';
import type { Opening } from './opening.js';

/** Who is asked who may read what: the chat’s own data wherever they can be had, else what is written down. */
export const directoryOrigin = ({
  chat,
}: Pick<Settings, 'chat'>): 'mongodb' | 'rest' | 'settings' => {
  if (chat.mongodbUrl) return 'mongodb';
  return chat.authToken ? 'rest' : 'settings';
};

/** Nobody is in a room or a group until a setting says so. A file is read again at each question. */
export const openDirectory = ({ settings, backEnds }: Opening): Directory => {
  const { people = new Map() } = settings.rights;
  const written = settings.texts.find(({ note }) => note.name === 'INNKEEPER_DIRECTORY');
  if (written?.path === undefined) return settingsDirectory({ people });
  const directory = fileDirectory({ path: written.path, parse: parsePeople });
  backEnds.push({ name: 'directory', ping: () => directory.reach() });
  return directory;
};
