import { systemClock } from '#libs/kernel';
import type { Chat, ChatExaminer } from '#libs/ports/chat';

import { directoryOrigin } from './open-directory.js';
import type { Opening } from './opening.js';
import { outboundWhenAsked } from './open-apis.js';
import { callsInClaim, openChatApi, type ChatApiPorts } from './open-chat-api.js';

/** Where Rocket.Chat announces messages. */
const WEBHOOK = '/webhooks/rocketchat';

/** The chat as our account sees it, in a process that answers questions; missing where a setting for it is. */
export const openChat = async (
  { settings, backEnds, opened }: Opening,
  ports: ChatApiPorts,
): Promise<(Chat & ChatExaminer) | undefined> => {
  if (!settings.process.roles.includes('llm-responder')) return undefined;
  const outbound = outboundWhenAsked({ settings, opened }, callsInClaim);
  const api = await openChatApi(settings, { ...ports, outbound }, 'answering');
  if (!api) return undefined;
  const { restRocketchatChat } = await import('#libs/adapters/rocketchat');
  const { publicUrl } = settings.operations;
  const chat = restRocketchatChat({
    ...api,
    clock: systemClock,
    asksRights: directoryOrigin(settings) === 'rest',
    triggers: settings.chat.triggers,
    hasToken: settings.rocketchat.secrets.length > 0,
    ...(publicUrl !== undefined && { webhookUrl: `${publicUrl.replace(/\/$/, '')}${WEBHOOK}` }),
  });
  // What is no message is answered for all the same, if we are known there.
  backEnds.push({ name: 'chat', ping: async () => void (await chat.message('innkeeper')) });
  return chat;
};
