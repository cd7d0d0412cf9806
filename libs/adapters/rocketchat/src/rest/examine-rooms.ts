import type { JsonObject } from '#libs/kernel';

import { roomOf, textIn, textsIn } from '../chat-documents.js';
import { objectsIn, type RocketchatClient } from './client.js';
import type { ExaminedAccount } from './examine-account.js';
import type { Findings } from './findings.js';

/** More names than somebody reads. */
const MOST_NAMES = 20;

/** In which rooms the account can answer. Direct ones have no name, and are counted only. */
export const examineRooms = async (
  client: RocketchatClient,
  account: ExaminedAccount,
  found: Findings,
): Promise<void> => {
  const { body } = await client.get('rooms.get');
  const rooms = objectsIn(body['update']).filter(({ t }) => t === 'c' || t === 'p');
  if (rooms.length === 0) {
    found.missing(
      'chat',
      `The account @${account.userName} is in no channel and no group: invite it with /invite @${account.userName} where it should answer. Direct messages to it are answered all the same.`,
    );
    return;
  }
  found.well(`@${account.userName} is in ${namesOf(rooms)}.`);
  adviseOn(rooms.filter(isSilent(account)), found, {
    is: 'It may not write in',
    so: 'make the room writable, or let it speak there (the members of the room, Unmute), or take it out.',
  });
  adviseOn(
    rooms.filter((room) => roomOf(room)?.isEncrypted === true),
    found,
    {
      is: 'Nobody is answered in encrypted rooms:',
      so: 'use another room for questions.',
    },
  );
  adviseOn(
    rooms.filter((room) => roomOf(room)?.optsOut === true),
    found,
    {
      is: 'Nobody is answered in rooms that opted out:',
      so: 'take #no-innkeeper out of the topic, announcement or description, where that is not meant.',
    },
  );
};

const isSilent =
  ({ userName, may }: ExaminedAccount) =>
  (room: JsonObject): boolean => {
    if (room['archived'] === true || textsIn(room['muted']).includes(userName)) return true;
    const mayAnyway = textsIn(room['unmuted']).includes(userName) || may('post-readonly') === true;
    return room['ro'] === true && !mayAnyway;
  };

const adviseOn = (
  rooms: readonly JsonObject[],
  found: Findings,
  { is, so }: { readonly is: string; readonly so: string },
): void => {
  if (rooms.length > 0) found.advise('chat', `${is} ${namesOf(rooms)}: ${so}`.replace('::', ':'));
};

const namesOf = (rooms: readonly JsonObject[]): string => {
  const names = rooms.map((room) => `#${textIn(room['fname']) ?? textIn(room['name']) ?? '?'}`);
  const rest = names.length - MOST_NAMES;
  const shown = names.sort().slice(0, MOST_NAMES).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
};
