import type { RocketchatRestOptions } from '#libs/adapters/rocketchat';
import type { Documents } from '#libs/ports/documents';
import type { Outbound } from '#libs/ports/outbound';
import type { ApiLimit } from '#libs/ports/provider';

import type { Settings } from '../settings/read-settings.js';
import { repeatingWithin } from './open-apis.js';

export interface ChatApiPorts {
  readonly outbound: Outbound;
  readonly documents: Documents;
}

/** Of an account with the role `bot`, which its server does not limit. One that it limits is told to wait, and waits. */
export const chatLimits = {
  /** A question asks many things at once, and nobody waits longer than a second for it. */
  rights: [{ tokens: 18_000, perMs: 60_000, burst: 600 }],
  /** Twenty people who ask at once: for each of them some look-ups, and an edit a second. */
  answering: [{ tokens: 6_000, perMs: 60_000, burst: 200 }],
  following: [{ tokens: 600, perMs: 60_000, burst: 20 }],
} as const satisfies Readonly<Record<string, readonly ApiLimit[]>>;

/**
 * A call by which we write is over, or was never made, well within the time for which a question is claimed. Else a process
 * that is taken for dead could write over what another wrote. Together with the limits below that is 14 s.
 */
const inClaim = { patienceMs: 3_000, sendsForMs: 6_000 };
/** Who asks for rights has a second, and three in a room. A longer wait is said at once, with its length, and is no silence. */
const inQuestion = { patienceMs: 2_000 };
const patience = { rights: inQuestion, answering: inClaim, following: {} } as const;
export const callsInClaim = { connectMs: 2_000, headersMs: 6_000, wholeMs: 8_000 };

/** The way to the chat’s API as our account; missing where a setting for it is. */
export const openChatApi = async (
  { chat, rocketchat }: Pick<Settings, 'chat' | 'rocketchat'>,
  ports: ChatApiPorts,
  use: keyof typeof chatLimits,
): Promise<RocketchatRestOptions | undefined> => {
  const { url, authToken } = chat;
  const { account, own: userId } = rocketchat;
  if (url === undefined || !authToken || userId === undefined) return undefined;
  const { waitOfRocketchat: waitIn } = await import('#libs/adapters/rocketchat');
  const name = `rocketchat/${account}/${use}`;
  const more = { waitIn, ...patience[use] };
  const outbound = await repeatingWithin(ports, name, chatLimits[use], more);
  return { url, userId, authToken, outbound };
};
