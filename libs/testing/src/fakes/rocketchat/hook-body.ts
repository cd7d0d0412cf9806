import type { JsonObject } from '#libs/kernel';

import type { ChatThing } from './chat-collection.js';
import { authorOf, listOf, type RocketchatState } from './rocketchat-state.js';

/** Whether the integration hears of this room. */
export const hearsOf = (
  state: RocketchatState,
  integration: ChatThing,
  message: ChatThing,
): boolean => {
  const room = state.rooms.get(message['rid'] as string);
  if (!room) return false;
  const asked = listOf(integration['channel']);
  const channels = asked.length === 0 ? ['all_public_channels'] : asked;
  const { _id, name, t } = room;
  if (t === 'd') return hearsDirect(channels, room, message);
  const group = t === 'c' ? 'all_public_channels' : 'all_private_groups';
  return [group, `#${_id as string}`, `#${name as string}`].some((each) => channels.includes(each));
};

/** By the id of anybody in it, and by the name of anybody but the author. */
const hearsDirect = (channels: readonly string[], room: ChatThing, message: ChatThing): boolean => {
  const author = (message['u'] as JsonObject)['username'];
  const names = listOf(room['usernames']).filter((name) => name !== author);
  const entries = [...listOf(room['uids']), ...names].map((each) => `@${each}`);
  return ['all_direct_messages', ...entries].some((each) => channels.includes(each));
};

/** `undefined`: none of them; '': no words are asked for. */
export const triggerOf = (integration: ChatThing, text: string): string | undefined => {
  const words = listOf(integration['triggerWords']).filter((word) => word !== '');
  if (words.length === 0) return '';
  const anywhere = integration['triggerWordAnywhere'] === true;
  return words.find((word) => (anywhere ? text.includes(word) : text.startsWith(word)));
};

/** In the order in which the server writes it. */
export const hookBody = (
  state: RocketchatState,
  integration: ChatThing,
  message: ChatThing,
  word: string,
): string => {
  const room = state.rooms.get(message['rid'] as string);
  const { token } = integration;
  const { alias, editedAt, tmid } = message;
  return JSON.stringify({
    ...(typeof token === 'string' && token !== '' && { token }),
    bot: message['bot'] !== undefined,
    ...(word !== '' && { trigger_word: word }),
    channel_id: message['rid'],
    ...(typeof room?.['name'] === 'string' && { channel_name: room['name'] }),
    message_id: message['_id'],
    timestamp: message['ts'],
    user_id: authorOf(message),
    user_name: (message['u'] as JsonObject)['username'],
    text: message['msg'] ?? '',
    siteUrl: state.setting('Site_Url'),
    ...(alias && { alias }),
    ...(editedAt && { isEdited: true }),
    ...(tmid && { tmid }),
  });
};
