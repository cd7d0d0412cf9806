import { nodeOutbound } from '#libs/adapters/outbound';
import {
  restRocketchatDirectory,
  rocketchatClient,
  type RestRocketchatDirectoryOptions,
} from '#libs/adapters/rocketchat';
import { Secret, systemClock } from '#libs/kernel';
import type { Directory } from '#libs/ports/directory';
import { FakeRocketchat } from '#libs/testing';

export const BOT = 'AwZyTLwwGJm2QkbdE';
const TOKEN = 'a token of the bot';

/** A chat of which we have nothing but its API. */
export const openRestChat = async () => {
  const fake = await FakeRocketchat.start({ clock: systemClock, userId: BOT, authToken: TOKEN });
  const outbound = nodeOutbound({ allowed: ['127.0.0.1'] });
  const rest = (authToken = TOKEN) => ({
    ...{ url: `${fake.url}/`, userId: BOT, authToken: new Secret(authToken), outbound },
  });
  /** An account that no limit holds up. */
  const addBot = (...roles: string[]) =>
    fake.state.users.set(BOT, {
      ...{ _id: BOT, username: 'askdesk.bot', type: 'user', active: true, roles },
    });
  addBot('bot');
  return {
    fake,
    addBot,
    client: (authToken?: string) => rocketchatClient(rest(authToken)),
    directory: (options: Partial<RestRocketchatDirectoryOptions> = {}): Directory =>
      restRocketchatDirectory({
        ...{ ...rest(), staff: [], direct: false, livechat: false },
        // A busy machine is slower than a person would wait.
        patienceMs: 60_000,
        ...options,
      }),
    async close(): Promise<void> {
      await fake.close();
      outbound.close();
    },
  };
};

export type OpenRestChat = Awaited<ReturnType<typeof openRestChat>>;
