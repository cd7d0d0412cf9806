import type { Page } from '#libs/ports/documents';
import { expect, it } from '@jest/globals';

import { redriveAll } from './redrive-all.js';

/** Letters that die again at once: each redrive buries a new one on top. */
const restless = (ids: readonly string[], pageOf: number) => {
  let lying = [...ids];
  const sent: string[] = [];
  return {
    sent,
    async list({ after }: { readonly after?: string }): Promise<Page> {
      const from = after === undefined ? 0 : lying.indexOf(after) + 1;
      const page = lying.slice(from, from + pageOf);
      const items = page.map((id) => ({ id, version: 1, body: { id } }));
      const last = page.at(-1);
      return from + pageOf < lying.length && last ? { items, next: last } : { items };
    },
    async redrive(id: string): Promise<boolean> {
      if (!lying.includes(id)) return false;
      sent.push(id);
      lying = [`${id} again`, ...lying.filter((one) => one !== id)];
      return true;
    },
  };
};

it('sends each letter that lies there once, also when all of them die again', async () => {
  const deadLetters = restless(['a', 'b', 'c', 'd', 'e'], 2);
  expect(await redriveAll({ deadLetters })()).toEqual({ redriven: 5 });
  expect(deadLetters.sent).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('counts what it sent, not what somebody else took meanwhile', async () => {
  const deadLetters = restless(['a', 'b'], 2);
  const taken = { ...deadLetters, redrive: async (id: string) => id === 'a' };
  expect(await redriveAll({ deadLetters: taken })()).toEqual({ redriven: 1 });
});
