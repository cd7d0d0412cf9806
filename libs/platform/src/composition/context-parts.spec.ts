import { expect, test } from '@jest/globals';

import { askedUsIn } from './context-parts.js';

test('messages are asked for by the chat’s own ids, and other talks by none', async () => {
  const asked: (readonly string[])[] = [];
  const askedUs = askedUsIn({
    askedUs: (messages) => {
      asked.push(messages);
      return Promise.resolve(new Set(['m1']));
    },
  });
  const records = ['rocketchat.main.m1', 'rocketchat.main.m2'].map((id) => `chat_message/${id}`);
  expect(await askedUs([...records, 'guest_message/guesty.main.m1'])).toEqual(
    new Set(['chat_message/rocketchat.main.m1']),
  );
  expect(asked).toEqual([['m1', 'm2']]);
});
