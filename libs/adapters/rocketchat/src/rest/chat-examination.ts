import { asFault, type Fault } from '#libs/kernel';
import type { ChatExamination } from '#libs/ports/chat';

import { textIn } from '../chat-documents.js';
import type { RestRocketchatChatOptions } from '../options.js';
import { isRefusal, type RocketchatClient } from './client.js';
import { examineAccount } from './examine-account.js';
import { examineIntegrations } from './examine-integrations.js';
import { examineRooms } from './examine-rooms.js';
import { examineSettings } from './examine-settings.js';
import { Findings } from './findings.js';

/**
 * Each thing that is missing for answers in the chat, with what to do. Where one makes the next unknowable it ends. What
 * the account may not look at is said to be so, and never said to be missing.
 */
export const examineChat = async (
  client: RocketchatClient,
  options: RestRocketchatChatOptions,
): Promise<ChatExamination> => {
  const found = new Findings();
  if (!(await examineServer(client, options, found))) return found.all();
  try {
    const account = await examineAccount(client, options, found);
    if (!account) return found.all();
    await examineRooms(client, account, found);
    await examineSettings(client, account, found);
    await examineIntegrations(client, { account, options }, found);
  } catch (error) {
    const failed = asFault(error);
    const text = isAskedToWait(failed)
      ? askedToWait(failed, 'the rest')
      : `The chat stopped answering (${failed.code}), so the rest was not looked at. Look again in a minute.`;
    found.missing('chat', text);
  }
  return found.all();
};

const isAskedToWait = ({ code }: Fault): boolean => code === 'OUTBOUND_THROTTLED';

/** What a chat lets an account wait that it limits, where nothing says more. */
const LIMITED_MS = 60_000;

/**
 * All calls that answer wait, and they do so for a while after the cause is mended: only the length of it tells a person
 * that nothing else is wrong.
 */
const askedToWait = ({ retryAfterMs = LIMITED_MS }: Fault, what: string): string =>
  `The chat asked us to wait, so ${what} was not looked at, and nobody is answered, for ${Math.ceil(retryAfterMs / 1_000)} s. The role bot lifts the limit of calls: give it to the account, and look again then.`;

/** A version that nobody here has met. */
const NEWEST = 9;
const OLDEST = 6;
const APART_MS = 60_000;

const examineServer = async (
  client: RocketchatClient,
  { url, clock }: RestRocketchatChatOptions,
  found: Findings,
): Promise<boolean> => {
  const asked = await client.info().catch(asFault);
  if (asked instanceof Error) {
    found.missing(...unreached(asked));
    return false;
  }
  const version = isRefusal(asked) ? undefined : textIn(asked.body['version']);
  if (isRefusal(asked) || version === undefined) {
    found.missing('platform', notRocketchat(url));
    return false;
  }
  found.well(`Rocket.Chat ${version} answers at its address.${noteOn(version)}`);
  examineVersion(version, found);
  const apart = asked.at === undefined ? 0 : Math.abs(asked.at - clock.now());
  if (apart > APART_MS)
    found.advise(
      'chat',
      `The clocks of the chat and of this machine are ${Math.round(apart / 1_000)} s apart. A question is taken for old after ten minutes: let both follow a time server.`,
    );
  return true;
};

const notRocketchat = (url: string): string =>
  `What answers at ${url} is no Rocket.Chat. Set INNKEEPER_ROCKETCHAT_URL to the address that people open in a browser, with its path, if it has one.`;

const unreached = (failed: Fault): ['chat' | 'platform', string] => {
  const { code } = failed;
  if (isAskedToWait(failed)) return ['chat', askedToWait(failed, 'it')];
  if (code === 'OUTBOUND_ADDRESS_REFUSED')
    return [
      'platform',
      'The address of the chat is not public, or it is in clear text: allow its network in INNKEEPER_OUTBOUND_ALLOWED.',
    ];
  if (code === 'PROVIDER_API_ANSWER_UNREADABLE')
    return [
      'platform',
      'Something answers at the address of the chat, and it is no Rocket.Chat. Look at INNKEEPER_ROCKETCHAT_URL, and at a proxy on the way.',
    ];
  return [
    'chat',
    `The chat does not answer at INNKEEPER_ROCKETCHAT_URL (${code}). Open /api/info under that address from this machine.`,
  ];
};

const examineVersion = (version: string, found: Findings): void => {
  const major = Number.parseInt(version, 10);
  if (major < OLDEST)
    found.advise(
      'chat',
      `Rocket.Chat ${version} is older than what this was made for: update it to 7 or later.`,
    );
  if (major > NEWEST)
    found.advise(
      'chat',
      `Rocket.Chat ${version} is newer than what this was made for. Ask a question in a room after each update of the chat.`,
    );
};

/** It stops nobody's answers, but who cannot sign in cannot ask. */
const noteOn = (version: string): string =>
  Number.parseInt(version, 10) >= 9
    ? ' Since 9.0 it lets people sign in by OAuth, SAML or LDAP only with a licence.'
    : '';
