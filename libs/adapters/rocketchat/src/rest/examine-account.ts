import { asFault } from '#libs/kernel';

import { textIn, textsIn } from '../chat-documents.js';
import type { RestRocketchatChatOptions } from '../options.js';
import { objectIn } from './chat-messages.js';
import { isRefusal, objectsIn, type RocketchatClient } from './client.js';
import type { Findings } from './findings.js';

/** Ours, with what it may do in the whole chat. */
export interface ExaminedAccount {
  readonly id: string;
  readonly userName: string;
  /** `undefined`: the server does not say. */
  readonly may: (permission: string) => boolean | undefined;
}

/** `undefined`: without an account nothing else can be looked at. */
export const examineAccount = async (
  client: RocketchatClient,
  { userId, asksRights }: RestRocketchatChatOptions,
  found: Findings,
): Promise<ExaminedAccount | undefined> => {
  const asked = await client.ask('me').catch((error: unknown) => {
    if (asFault(error).code === 'PROVIDER_API_CREDENTIALS_REFUSED') return undefined;
    throw error;
  });
  const own = asked === undefined || isRefusal(asked) ? {} : asked.body;
  const userName = textIn(own['username']);
  if (own['_id'] !== userId || userName === undefined) {
    found.missing('platform', UNKNOWN);
    return undefined;
  }
  found.well(`The token works, and belongs to @${userName}.`);
  if (own['active'] === false)
    found.missing(
      'chat',
      `The account @${userName} is switched off: an administrator opens it under Workspace, Users, and activates it.`,
    );
  const roles = textsIn(own['roles']);
  const may = await permissionsOf(client, roles);
  examineRoles({ id: userId, userName, may }, roles, found);
  if (asksRights && may('view-full-other-user-info') === false)
    found.missing(
      'chat',
      'The account may not see who is active, so nobody may read anything: give its role the permission view-full-other-user-info, under Workspace, Permissions.',
    );
  return { id: userId, userName, may };
};

const UNKNOWN =
  'The chat does not know this token for this account. Make a personal access token in the account of the bot (its profile, Personal Access Tokens), and put it into INNKEEPER_ROCKETCHAT_AUTH_TOKEN and the user id shown beside it into INNKEEPER_ROCKETCHAT_USER_ID.';

const permissionsOf = async (
  client: RocketchatClient,
  roles: readonly string[],
): Promise<ExaminedAccount['may']> => {
  const asked = await client.ask('permissions.listAll');
  if (isRefusal(asked)) return () => undefined;
  const all = new Map(
    objectsIn(asked.body['update']).map((each) => [each['_id'], textsIn(objectIn(each)['roles'])]),
  );
  return (permission) => all.get(permission)?.some((role) => roles.includes(role));
};

const examineRoles = (
  { userName, may }: ExaminedAccount,
  roles: readonly string[],
  found: Findings,
): void => {
  const isUnlimited = may('api-bypass-rate-limit') ?? roles.includes('bot');
  if (isUnlimited) found.well(`No limit of calls holds @${userName} up.`);
  else
    found.advise(
      'chat',
      `The chat lets @${userName} call ten times a minute, so answers come late: give it the role bot, under Workspace, Users.`,
    );
  if (roles.includes('admin'))
    found.advise(
      'chat',
      `The account @${userName} is an administrator: it needs no more than the role bot. Take the role admin away.`,
    );
  if (may('create-d') === false)
    found.advise(
      'chat',
      `The account @${userName} may not begin direct messages, so lists are not sent to people: give its role the permission create-d.`,
    );
};
