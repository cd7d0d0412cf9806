import type { Json } from '#libs/kernel';
import { LONGEST_CHAT_TEXT } from '#libs/ports/chat';

import { isRefusal, objectsIn, type RocketchatClient } from './client.js';
import type { ExaminedAccount } from './examine-account.js';
import type { Findings } from './findings.js';

const LOOKED_AT = [
  ...['Message_MaxAllowedSize', 'Message_AllowEditing', 'Message_AllowEditing_BlockEditInMinutes'],
];

/** Settings of the chat that an answer needs. What the server does not say stands as it is delivered, which is well. */
export const examineSettings = async (
  client: RocketchatClient,
  { may }: ExaminedAccount,
  found: Findings,
): Promise<void> => {
  const asked = await client.ask('settings.public', { _id: LOOKED_AT.join(','), count: '100' });
  if (isRefusal(asked)) return;
  const values = new Map(
    objectsIn(asked.body['settings']).map(({ _id, value }): [Json | undefined, unknown] => [
      _id,
      value,
    ]),
  );
  const longest = Number(values.get('Message_MaxAllowedSize') ?? Infinity);
  if (longest < LONGEST_CHAT_TEXT)
    found.missing(
      'chat',
      `The chat refuses messages of more than ${longest} characters, and an answer has up to ${LONGEST_CHAT_TEXT}: set Message_MaxAllowedSize to 5000 (Settings, Message).`,
    );
  if (may('edit-message') === true) return;
  if (values.get('Message_AllowEditing') === false)
    found.missing(
      'chat',
      'Nobody may edit their messages, so an answer cannot grow: set Message_AllowEditing (Settings, Message), or give the role of the account the permission edit-message.',
    );
  const minutes = Number(values.get('Message_AllowEditing_BlockEditInMinutes') ?? 0);
  if (minutes > 0)
    found.advise(
      'chat',
      `A message cannot be edited after ${minutes} minutes. An answer whose source is deleted later cannot say so: set Message_AllowEditing_BlockEditInMinutes to 0 (Settings, Message).`,
    );
};
