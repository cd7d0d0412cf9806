import { fileDirectory, settingsDirectory } from '#libs/adapters/settings';
import { fault } from '#libs/kernel';
import type { Directory } from '#libs/ports/directory';

import { parsePeople } from '../settings/people.js';
import type { Settings } from '../settings/read-settings.js';
import { openChatApi, type ChatApiPorts } from './open-chat-api.js';
import type { OpenMongodb } from './open-mongodb.js';
import type { Opening } from './opening.js';

/** Who is asked who may read what: the chat’s own data where they can be had, else what is written down. */
export const directoryOrigin = ({
  chat,
}: Pick<Settings, 'chat'>): 'mongodb' | 'rest' | 'settings' => {
  if (chat.mongodbUrl) return 'mongodb';
  return chat.authToken ? 'rest' : 'settings';
};

export interface DirectoryPorts extends ChatApiPorts {
  /** Clients of databases that are not ours. */
  readonly others: OpenMongodb;
}

export const openDirectory = async (
  opening: Opening,
  { others, ...ports }: DirectoryPorts,
): Promise<Directory> => {
  switch (directoryOrigin(opening.settings)) {
    case 'mongodb':
      return directoryInDatabase(opening, others);
    case 'rest':
      return directoryByRest(opening, ports);
    case 'settings':
      return writtenDirectory(opening);
  }
};

/** Asks our account’s rooms for each person, at each question again. */
const directoryByRest = async (
  { settings, backEnds }: Opening,
  ports: ChatApiPorts,
): Promise<Directory> => {
  const { staff, direct, livechat } = settings.chat;
  const api = await openChatApi(settings, ports, 'rights');
  // Settings say so: a token without an address or an account stops the start.
  if (!api) throw fault('DIRECTORY_UNAVAILABLE');
  const { restRocketchatDirectory } = await import('#libs/adapters/rocketchat');
  const directory = restRocketchatDirectory({ ...api, staff, direct, livechat });
  backEnds.push({ name: 'rocketchat', ping: () => directory.reach() });
  return directory;
};

/** Reads the rights of somebody in the chat’s own documents, at each question again. */
const directoryInDatabase = async (
  { settings: { chat, rocketchat } }: Opening,
  others: OpenMongodb,
): Promise<Directory> => {
  const { mongodbUrl: url, mongodbDatabase: database, staff, direct, livechat } = chat;
  if (!url) throw fault('DIRECTORY_UNAVAILABLE');
  const [{ mongodbSnapshotReader }, { mongodbRocketchatDirectory }, opened] = await Promise.all([
    import('#libs/adapters/mongodb'),
    import('#libs/adapters/rocketchat'),
    others.foreign({ url, database }),
  ]);
  return mongodbRocketchatDirectory({
    database: mongodbSnapshotReader({ database: opened, unavailable: 'DIRECTORY_UNAVAILABLE' }),
    ...{ staff, direct, livechat },
    ...(rocketchat.own !== undefined && { botUserId: rocketchat.own }),
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
