import { eraseStreams, recordCollection, type KindName } from '#libs/catalog';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { call, contact, openCatalog, START, type CatalogWorld } from './catalog-world.js';

let world: CatalogWorld;

beforeEach(async () => {
  world = await openCatalog();
});
afterEach(() => world.close());

const scopeOf = async (kind: KindName, id: string): Promise<unknown> => {
  const [found] = await world.documents.get(recordCollection(kind, 1), [id]);
  return (found?.body as { readonly scope?: unknown } | undefined)?.scope;
};

/** The caller's number, as another record has it. */
const withNumber = (id: string) => {
  const told = contact(id, 'Ann', { at: START + 1 });
  return {
    ...told,
    personal: { contact: { firstName: 'Ann', phones: [{ e164: '+447700900123' }] } },
  };
};

describe('what a stored record is about', () => {
  it('stands in its document as the keyed hash of its number, the same in every kind', async () => {
    await world.project(await world.tell(call('a.1', 'a.7'), withNumber('a.2')));
    const scope = await scopeOf('call', 'a.1');
    expect(scope).toEqual([expect.stringMatching(/^phone:[0-9a-f]{32}$/)]);
    expect(await scopeOf('contact', 'a.2')).toEqual(scope);
    expect(await scopeOf('contact', 'a.7')).toBeUndefined();
  });

  it('stays when a later fact says nothing of the number, and goes with another one', async () => {
    await world.project(await world.tell(withNumber('a.2')));
    const before = await scopeOf('contact', 'a.2');
    await world.project(await world.tell(contact('a.2', 'Anna', { at: START + 2 })));
    expect(await scopeOf('contact', 'a.2')).toEqual(before);
    const other = { contact: { phones: [{ e164: '+447700900124' }] } };
    await world.project(
      await world.tell({ ...contact('a.2', 'Anna', { at: START + 3 }), personal: other }),
    );
    expect(await scopeOf('contact', 'a.2')).not.toEqual(before);
  });

  it('goes with an erasure', async () => {
    await world.project(await world.tell(call('a.1', 'a.7')));
    const { position } = await world.log.head();
    const erasing = eraseStreams({
      ...world,
      deliveriesYielding: () => Promise.resolve([]),
      mentioning: () => Promise.resolve({ letters: [], deliveries: [], quarantined: [] }),
      rawOf: () => Promise.resolve(undefined),
    });
    await erasing.erase(await erasing.plan('a.1'), 'Zoe');
    await world.project(await world.log.read(position, 100));
    expect(await world.values('call', 'a.1')).toMatchObject({ id: 'a.1' });
    expect(await scopeOf('call', 'a.1')).toBeUndefined();
  });
});
