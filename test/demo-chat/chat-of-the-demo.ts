import { randomBytes } from 'node:crypto';

import { systemClock, type JsonObject } from '#libs/kernel';
import type { FakeRocketchat } from '#libs/testing';

import { BOT, TRIGGER, people, places, type ChatPerson, type ChatPlace } from './demo-rooms.js';

const HOUR_MS = 3_600_000;

export interface DemoChat {
  readonly chat: FakeRocketchat;
  readonly botToken: string;
  /** Of its outgoing webhooks. */
  readonly hookTokens: readonly string[];
  /** Where its webhooks go, once that is known. */
  hooksTo(url: string): void;
  close(): Promise<void>;
}

const secret = (): string => randomBytes(24).toString('base64url');

/** A chat with its people, its rooms, and what was said there before. */
export const openDemoChat = async (fake: typeof FakeRocketchat): Promise<DemoChat> => {
  const botToken = secret();
  const chat = await fake.start({
    ...{ clock: systemClock, userId: BOT.id, authToken: botToken },
  });
  // Five people of one machine look around quickly; the bot is never limited.
  chat.set('API_Enable_Rate_Limiter', false);
  for (const person of [BOT, ...people]) addPerson(chat, person);
  for (const place of places) addPlace(chat, place);
  for (const { userName } of people) chat.chatRooms.direct(BOT.id, [userName]);
  const hookTokens = [secret(), secret()];
  const timer = setInterval(() => void chat.hooks.tick(), 500);
  return {
    ...{ chat, botToken, hookTokens },
    hooksTo: (url) => addHooks(chat, hookTokens, url),
    async close() {
      clearInterval(timer);
      await chat.close();
    },
  };
};

const addPerson = ({ state }: FakeRocketchat, { id, userName, name, roles }: ChatPerson): void => {
  state.users.set(id, {
    ...{ _id: id, username: userName, name, type: 'user', active: true, status: 'online' },
    roles: [...roles],
  });
};

const idOf = (userName: string): string =>
  people.find((person) => person.userName === userName)?.id ?? '';

const addPlace = (
  { state }: FakeRocketchat,
  { id, form, name, topic, ...place }: ChatPlace,
): void => {
  const ts = new Date(Date.now() - 400 * 24 * HOUR_MS).toISOString();
  state.rooms.set(id, { _id: id, t: form, name, fname: name, topic, msgs: 0, ts, _updatedAt: ts });
  state.join(BOT.id, id);
  for (const who of place.people) state.join(idOf(who), id);
  for (const [n, { by, hoursAgo, text }] of place.said.entries()) {
    const at = Date.now() - hoursAgo * HOUR_MS;
    const {
      id: _id,
      userName: username,
      name: full,
    } = people.find((each) => each.userName === by) ?? BOT;
    const said: JsonObject = {
      ...{ _id: `${id.slice(0, 15)}${String(n).padStart(2, '0')}`, rid: id, msg: text },
      ...{ u: { _id, username, name: full }, mentions: [], channels: [], urls: [] },
    };
    state.write(said, at);
  }
};

/** As one sets them up by hand: rooms with trigger words, and direct messages without. */
const addHooks = ({ state }: FakeRocketchat, tokens: readonly string[], url: string): void => {
  const [inRooms = '', direct = ''] = tokens;
  const add = (_id: string, more: JsonObject): void => {
    state.integrations.set(_id, {
      ...{ _id, type: 'webhook-outgoing', event: 'sendMessage', enabled: true, urls: [url] },
      ...{ username: BOT.userName, userId: BOT.id, runOnEdits: false, scriptEnabled: false },
      ...{ retryFailedCalls: true, retryCount: 5, retryDelay: 'powers-of-two' },
      ...{ _createdBy: { _id: idOf('ingrid'), username: 'ingrid' }, ...more },
    });
  };
  add('questionsinrooms1', {
    ...{ name: 'Questions in rooms', token: inRooms },
    channel: ['all_public_channels', 'all_private_groups'],
    triggerWords: [TRIGGER, `@${BOT.userName}`],
  });
  add('questionsdirect01', {
    ...{ name: 'Direct questions', token: direct, channel: [`@${BOT.userName}`] },
  });
};
