import { fileDirectory, settingsDirectory } from '#libs/adapters/settings';
import type { Directory } from '#libs/ports/directory';

import { parsePeople } from '../settings/people.js';
import type { Settings } from '../settings/read-settings.js';
import type { OpenMongodb } from './open-mongodb.js';
import type { Opening } from './opening.js';

/** Who is asked who may read what: the chat’s own data where they can be had, else what is written down. */
export const directoryOrigin = ({
  chat,
}: Pick<Settings, 'chat'>): 'mongodb' | 'rest' | 'settings' => {
  if (chat.mongodbUrl) return 'mongodb';
  return chat.authToken ? 'rest' : 'settings';
};

/** Opens it; `others` has the clients of databases that are not ours. */
export const openDirectory = async (opening: Opening, others: OpenMongodb): Promise<Directory> => {
  switch (directoryOrigin(opening.settings)) {
    case 'mongodb':
      return directoryInDatabase(opening, others);
    case 'rest':
    case 'settings':
      return writtenDirectory(opening);
  }
};

/** Reads the rights of somebody in the chat’s own documents, at each question again. */
const directoryInDatabase = async (
  { settings: { chat } }: Opening,
  others: OpenMongodb,
): Promise<Directory> => {
  const { mongodbUrl: url, mongodbDatabase: database, staff, direct, livechat } = chat;
  if (!url) return settingsDirectory({ people: new Map() });
  const [{ mongodbSnapshotReader }, { mongodbRocketchatDirectory }, opened] = await Promise.all([
    import('#libs/adapters/mongodb'),
    import('#libs/adapters/rocketchat'),
    others.foreign({ url, database }),
  ]);
  return mongodbRocketchatDirectory({
    database: mongodbSnapshotReader({ database: opened, unavailable: 'DIRECTORY_UNAVAILABLE' }),
    ...{ staff, direct, livechat },
  });
};

/** Nobody is in a room or a group until a setting says so. A file is read again at each question. */
const writtenDirectory = ({ settings, backEnds }: Opening): Directory => {
  const { people = new Map() } = settings.rights;
  const written = settings.texts.find(({ note }) => note.name === 'INNKEEPER_DIRECTORY');
  if (written?.path === undefined) return settingsDirectory({ people });
  const directory = fileDirectory({ path: written.path, parse: parsePeople });
  backEnds.push({ name: 'directory', ping: () => directory.reach() });
  return directory;
};
