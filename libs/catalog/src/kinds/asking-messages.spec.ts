import { describe, expect, it } from '@jest/globals';

import { fold } from '../merge/record-state.js';
import { sectionsWithoutAsking } from './asking-messages.js';
import type { KindName } from './index.js';

describe('what a message says to search', () => {
  const sectionsOf = sectionsWithoutAsking(['!ask', '?']);
  const said = (text: string, kind: KindName = 'chat_message'): readonly string[] =>
    sectionsOf(
      kind,
      fold(undefined, {
        key: '000000000000001.010.001.x',
        fields: { id: 'chat.main.m1', at: 1_000, room: 'chat.main.r1', text },
      }),
      { timeZone: 'UTC' },
    ).map((section) => section.text);

  it.each(['!ask where is the key?', '  !ASK: the key', '!ask', '?the key'])(
    'is nothing where it asks us: %j',
    (text) => {
      expect(said(text)).toEqual([]);
    },
  );

  it.each(['The key is in the hall.', '!asking is not asking', 'Write !ask before it.'])(
    'is all of it where it does not: %j',
    (text) => {
      expect(said(text)).toEqual([text]);
    },
  );

  it('is all of it where it is no message of the chat', () => {
    expect(said('!ask where is the key?', 'note')).toEqual(['!ask where is the key?']);
  });
});
