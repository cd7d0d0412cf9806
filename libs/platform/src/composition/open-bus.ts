import type { Bus } from '#libs/ports/bus';

import type { Settings } from '../settings/read-settings.js';
import { openDataDirectory } from './data-directory.js';
import { Opened } from './opened.js';
import type { Opening } from './opening.js';
import { OpenPubsub } from './open-pubsub.js';
import { OpenSqlite } from './open-sqlite.js';

/** The bus alone, for somebody who makes its topics before anything runs. */
export const openBus = async (
  settings: Settings,
): Promise<{ readonly bus: Bus; readonly close: () => Promise<void> }> => {
  const opened = new Opened();
  try {
    const data =
      settings.bus.kind === 'sqlite'
        ? opened.add(openDataDirectory(settings.process.dataDir), (it) => it.release())
        : undefined;
    const opening: Opening = { settings, data, opened, backEnds: [], retained: [], tidiers: [] };
    const bus =
      settings.bus.kind === 'pubsub'
        ? new OpenPubsub(opening).bus(settings.bus)
        : await new OpenSqlite(opening).bus();
    return { bus, close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
};
