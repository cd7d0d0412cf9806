import type { Clock } from '#libs/kernel';

import type { RestRefusal, RestResult, RocketchatClient } from './client.js';

/** What a round through the rooms asks. */
export interface RoomRounds {
  readonly rooms: () => Promise<RestResult>;
  /** What changed in a room since a moment of the chat’s, and maybe some of what changed before. */
  readonly changesIn: (room: string, since: number) => Promise<RestResult | RestRefusal>;
}

/** Rounds only ask. */
type AskingClient = Pick<RocketchatClient, 'ask' | 'get'>;

export const eachAlone = (client: AskingClient): RoomRounds => ({
  rooms: () => client.get('rooms.get'),
  changesIn: (room, since) =>
    client.ask('chat.syncMessages', {
      roomId: room,
      lastUpdate: new Date(since).toISOString(),
    }),
});

interface SharedAnswer<T> {
  readonly askedAt: number;
  readonly since: number;
  readonly answer: Promise<T>;
}

/** Who asks within this time after another is given the same answer. */
const SHARED_MS = 500;
/** Moments are rounded down to these, so that those who asked one after the other ask the same. */
const STEP_MS = 10_000;
const ROOMS = '';

/** For feeds that look through the same rooms: a server that counts calls counts one for all of them. */
export const sharedRounds = (
  client: AskingClient,
  clock: Clock,
  alone = eachAlone(client),
): RoomRounds => {
  const answers = new Map<string, SharedAnswer<RestResult | RestRefusal>>();
  const sharedOr = <T extends RestResult | RestRefusal>(
    name: string,
    since: number,
    ask: () => Promise<T>,
  ): Promise<T> => {
    const now = clock.now();
    const known = answers.get(name);
    const isNew = known && now >= known.askedAt && now - known.askedAt < SHARED_MS;
    if (isNew && known.since <= since) return known.answer as Promise<T>;
    const answer = ask();
    const shared = { askedAt: now, since, answer };
    answers.set(name, shared);
    // Nobody else is given a failure: the next one asks again.
    answer.catch(() => answers.get(name) === shared && answers.delete(name));
    return answer;
  };
  return {
    rooms: () => sharedOr(ROOMS, 0, alone.rooms),
    changesIn: (room, since) => {
      const from = Math.floor(since / STEP_MS) * STEP_MS;
      return sharedOr(room, from, () => alone.changesIn(room, from));
    },
  };
};
