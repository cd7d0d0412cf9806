import { fault } from '#libs/kernel';
import type { Directory } from '#libs/ports/directory';

import { NOBODY } from '../mongodb-directory.js';
import type { RestRocketchatDirectoryOptions } from '../options.js';
import { askedTogether } from './asked-together.js';
import { failedAs, gettingBy, rocketchatClient, type RocketchatClient } from './client.js';
import { deadlineIn, type Deadline } from './deadline.js';
import { findByRest, rightsByRest } from './rights-by-rest.js';
import { rightsInRoomByRest } from './rights-in-room-by-rest.js';
import { roomsOfBot } from './rooms-of-bot.js';

/** Twenty people who ask at once in one room ask the chat the same. */
const togetherWith = (alone: RocketchatClient): RocketchatClient => {
  const ask = askedTogether((call, parameters) => alone.ask(call, parameters));
  return { ...alone, ask, get: gettingBy(ask) };
};

/**
 * Who may read what, asked of the chat's API at each question: of the rooms that the bot is in, those that the person is
 * a member of. What is not answered in time is denied; in a room, where an answer stays, all is denied then. It is
 * stricter than the chat: an open channel is for its members, and a room with attributes is for nobody. The API says
 * neither who could join nor what attributes somebody has.
 */
export const restRocketchatDirectory = (options: RestRocketchatDirectoryOptions): Directory => {
  const { patienceMs = 1_000, patienceInRoomMs = 3 * patienceMs } = options;
  const alone = rocketchatClient(options);
  const client = togetherWith(alone);
  const inTime = async <R>(
    ask: (deadline: Deadline) => Promise<R>,
    ms = patienceMs,
  ): Promise<R> => {
    const deadline = deadlineIn(ms);
    try {
      return await ask(deadline);
    } catch (error) {
      throw failedAs('DIRECTORY_UNAVAILABLE', error);
    } finally {
      deadline.clear();
    }
  };
  const question = async (name: string, deadline: Deadline) => {
    const found = Promise.all([findByRest(client, name), roomsOfBot(client)]);
    const [person, rooms] = await deadline.hold(found);
    return person && { client, person, rooms, deadline };
  };
  return {
    async rightsOf(name) {
      if (name === '' || !name.isWellFormed()) return NOBODY;
      return inTime(async (deadline) => {
        const asked = await question(name, deadline);
        return asked ? rightsByRest(asked, options) : NOBODY;
      });
    },

    async rightsInRoom(room, name) {
      if (name === '' || !name.isWellFormed()) return undefined;
      return inTime(async (deadline) => {
        const asked = await question(name, deadline);
        const rights = asked && (await rightsInRoomByRest(asked, room, options));
        // What is shown in a room stays there: made of half of what its readers may read it would be wrong for good.
        if (deadline.hasMissed()) throw fault('DIRECTORY_UNAVAILABLE');
        return rights;
      }, patienceInRoomMs);
    },

    reach: () =>
      inTime(
        async (deadline) => void (await deadline.hold(roomsOfBot(client))),
        // Nobody waits for a page meanwhile, and what is only slow must not be said to be away.
        patienceInRoomMs,
      ),
  };
};
