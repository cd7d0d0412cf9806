import { createRebuildRequests, type RebuildRequest, type RebuildRequests } from '#libs/catalog';
import { randomId, type Id } from '#libs/kernel';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, expect, it } from '@jest/globals';

let parts: EmbeddedParts;
let requests: RebuildRequests;

beforeEach(async () => {
  parts = await openEmbedded();
  requests = createRebuildRequests(parts);
});
afterEach(() => parts.close());

const ask = async (): Promise<RebuildRequest> => {
  parts.clock.pass(1000);
  return requests.ask(randomId(parts.clock.now()), { switch: true, acceptChanges: false });
};
const nextId = async (): Promise<Id | undefined> => (await requests.next())?.id;

it('a request waits as it was asked, and anybody can see how far it is', async () => {
  const asked = await ask();
  expect(asked).toMatchObject({
    state: 'asked',
    askedAt: parts.clock.now(),
    switch: true,
    acceptChanges: false,
    projection: 'catalog',
  });
  expect(await requests.find(asked.id)).toEqual(asked);
  await requests.update({ ...asked, state: 'running', position: 5, head: 9 });
  expect(await requests.find(asked.id)).toMatchObject({ state: 'running', position: 5, head: 9 });
  expect(await requests.find(randomId(1))).toBeUndefined();
});

it('the oldest that waits is next, until it is done', async () => {
  const [first, second] = [await ask(), await ask()];
  expect(await nextId()).toBe(first.id);
  await requests.update({ ...first, state: 'different' });
  expect(await nextId()).toBe(second.id);
  await requests.update({ ...second, state: 'failed', code: 'CATALOG_REBUILD_STOPPED' });
  expect(await nextId()).toBeUndefined();
});

it('one whose worker died in the middle comes before any that only waits', async () => {
  const [, second] = [await ask(), await ask()];
  await requests.update({ ...second, state: 'running' });
  expect(await nextId()).toBe(second.id);
});

it('the same request is not asked twice', async () => {
  const { id } = await ask();
  await expect(requests.ask(id, { switch: false, acceptChanges: true })).rejects.toMatchObject({
    code: 'CATALOG_REBUILD_STOPPED',
  });
  expect(await requests.find(id)).toMatchObject({ switch: true });
});
