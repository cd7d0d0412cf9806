import type { JsonObject } from '#libs/kernel';

import { textIn, textsIn } from '../chat-documents.js';
import type { RestRocketchatChatOptions } from '../options.js';
import { isRefusal, objectsIn, type RocketchatClient } from './client.js';
import type { ExaminedAccount } from './examine-account.js';
import type { Findings } from './findings.js';

const WHERE = 'Workspace, Integrations';

export interface ExaminedHook {
  readonly account: ExaminedAccount;
  readonly options: RestRocketchatChatOptions;
}

/** What posts questions to us the moment they are written. Without it they come by the change feed, a little later. */
export const examineIntegrations = async (
  client: RocketchatClient,
  hook: ExaminedHook,
  found: Findings,
): Promise<void> => {
  const { webhookUrl, hasToken } = hook.options;
  if (!hasToken)
    found.missing(
      'platform',
      'No token of an integration is set: put the token of the outgoing integration into INNKEEPER_ROCKETCHAT_TOKENS.',
    );
  const asked = await client.ask('integrations.list', { count: '100' });
  if (isRefusal(asked)) {
    found.advise('chat', byHand(hook));
    return;
  }
  if (webhookUrl === undefined) return;
  const ours = objectsIn(asked.body['integrations']).filter(
    ({ type, urls }) => type === 'webhook-outgoing' && postsTo(textsIn(urls), webhookUrl),
  );
  // An account that sees its own integrations only does not see those of an administrator.
  if (ours.length === 0 && hook.account.may('manage-outgoing-integrations') !== true)
    found.advise('chat', byHand(hook));
  else if (ours.length === 0)
    found.missing(
      'chat',
      `No outgoing integration posts to ${webhookUrl}: make one under ${WHERE}, Outgoing. ${asItShouldBe(hook)}`,
    );
  else examineOurs(ours, hook, found);
};

const postsTo = (urls: readonly string[], wanted: string): boolean =>
  urls.some((url) => url.trim().replace(/\/+$/, '') === wanted.replace(/\/+$/, ''));

const asItShouldBe = ({ account, options }: ExaminedHook): string => {
  const words = wordsOf({ account, options }).join(', ');
  const url = options.webhookUrl ?? 'our public address with /webhooks/rocketchat';
  return `It is enabled, its event is Message Sent, its channels are those that ask and @${account.userName}, its URL is ${url}, its trigger words are ${words}, it has a token, it retries failed calls, and it has no script.`;
};

const byHand = (hook: ExaminedHook): string =>
  `The account may not look at integrations, which is well. Look by hand, as an administrator, under ${WHERE}, Outgoing. ${asItShouldBe(hook)}`;

const wordsOf = ({ account, options }: ExaminedHook): readonly string[] => [
  ...new Set([`@${account.userName}`, ...options.triggers]),
];

const examineOurs = (ours: readonly JsonObject[], hook: ExaminedHook, found: Findings): void => {
  const enabled = ours.filter(({ enabled: isOn }) => isOn === true);
  const asking = enabled.filter(({ event }) => event === 'sendMessage');
  if (enabled.length === 0)
    found.missing(
      'chat',
      `The integration that posts to us is switched off: enable it under ${WHERE}. The chat does so by itself when we answer 410.`,
    );
  else if (asking.length === 0)
    found.missing(
      'chat',
      `The integration that posts to us does so at another event: set its event to Message Sent under ${WHERE}.`,
    );
  else found.well('An integration posts new messages to us.');
  for (const each of asking) examineOne(each, found);
  if (asking.length > 0) examineReach(asking, hook, found);
};

const examineOne = (integration: JsonObject, found: Findings): void => {
  const { token, retryFailedCalls, scriptEnabled } = integration;
  const name = textIn(integration['name']) ?? 'without a name';
  if ((textIn(token) ?? '') === '')
    found.missing(
      'chat',
      `The integration ${name} has no token, so nobody can know it: give it one, and the same to INNKEEPER_ROCKETCHAT_TOKENS.`,
    );
  if (retryFailedCalls !== true)
    found.advise(
      'chat',
      `The integration ${name} does not repeat a call that failed: turn on Retry Failed Calls, so that a question during a restart is answered sooner.`,
    );
  if (scriptEnabled === true)
    found.advise(
      'chat',
      `The integration ${name} runs a script, which may change or stop what is posted: turn it off.`,
    );
};

/** All of them together: one may be for direct messages, without words. */
const examineReach = (
  integrations: readonly JsonObject[],
  hook: ExaminedHook,
  found: Findings,
): void => {
  const channels = new Set(integrations.flatMap(channelsOf));
  const { userName, id } = hook.account;
  if (channels.has('all_direct_messages'))
    found.advise(
      'chat',
      `An integration posts every direct message between colleagues to us: replace all_direct_messages by @${userName} in its channels.`,
    );
  else if (!channels.has(`@${userName}`) && !channels.has(`@${id}`))
    found.advise(
      'chat',
      `Direct messages to @${userName} come by the change feed only, a little later: add @${userName} to the channels of the integration, or make a second one for it without trigger words.`,
    );
  examineWords(integrations, hook, found);
};

/** An empty list is all open channels. */
const channelsOf = ({ channel }: JsonObject): readonly string[] => {
  const named = textsIn(channel);
  return named.length === 0 ? ['all_public_channels'] : named;
};

const examineWords = (
  integrations: readonly JsonObject[],
  hook: ExaminedHook,
  found: Findings,
): void => {
  const lists = integrations.map(({ triggerWords }) => textsIn(triggerWords).filter(Boolean));
  // One without words posts every message of its channels.
  if (lists.some((words) => words.length === 0)) return;
  const missing = wordsOf(hook).filter((word) => !lists.flat().includes(word));
  if (missing.length > 0)
    found.advise(
      'chat',
      `The integration does not know ${missing.join(', ')}: add this to its trigger words, exactly so. Until then such questions come by the change feed only.`,
    );
  else found.well(`It knows all words that ask: ${wordsOf(hook).join(', ')}.`);
};
