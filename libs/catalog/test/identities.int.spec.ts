import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  call,
  contact,
  guest,
  line,
  openIdentities,
  OTHER_PHONE,
  PHONE,
  reservation,
  type IdentitiesWorld,
} from './identities-world.js';

let world: IdentitiesWorld;
beforeEach(async () => {
  world = await openIdentities();
});
afterEach(() => world.close());

const MAYA = 'contact/aircall.main.1';
const OSEI = 'guest/guesty.main.g1';
const ERIK = 'guest/guesty.main.g2';
const CALL = 'call/aircall.main.7';

describe('a call', () => {
  it('is its caller’s, who is a contact and a guest by one number, and says by what', async () => {
    await world.told(
      guest('g1', { name: 'Maya Osei', phones: [PHONE] }),
      reservation('r1', 'g1', 'Maya Osei'),
      call('7', { phone: PHONE, contact: '1', name: 'Maya' }),
    );
    expect(await world.show(CALL)).toEqual({
      record: { kind: 'call', id: 'aircall.main.7', displayName: 'Maya' },
      person: {
        id: MAYA,
        members: [
          { kind: 'contact', id: 'aircall.main.1', displayName: 'Maya' },
          { kind: 'guest', id: 'guesty.main.g1', displayName: 'Maya Osei' },
        ],
        evidence: [
          { records: [CALL, MAYA], by: 'provider_id' },
          { records: [CALL, MAYA], by: 'number', value: PHONE },
          { records: [CALL, OSEI], by: 'number', value: PHONE },
          { records: [MAYA, OSEI], by: 'number', value: PHONE },
        ],
      },
      questions: [],
    });
    expect(await world.linked('reservation/guesty.main.r1')).toEqual([MAYA, OSEI]);
  });

  it('is nobody’s where several could have called, nobody is known, or it is a line of ours', async () => {
    await world.told(
      guest('g1', { name: 'Maya Osei', phones: [PHONE] }),
      guest('g2', { name: 'Erik Osei', phones: [PHONE] }),
      contact('9', { name: 'Front desk', phones: ['+447700900999'] }),
      line('5', '+447700900999'),
      call('7', { phone: PHONE }),
      call('8', { phone: OTHER_PHONE }),
      call('9', { phone: '+447700900999' }),
      call('10', {}),
    );
    const [question] = await world.questions();
    expect(await world.show(CALL)).toMatchObject({ why: 'ambiguous', questions: [question?.id] });
    expect(await world.linked('call/aircall.main.8')).toBe('nobody_known');
    expect(await world.linked('call/aircall.main.9')).toBe('own_line');
    expect(await world.linked('contact/aircall.main.9')).toBe('own_line');
    expect(await world.linked('call/aircall.main.10')).toBe('anonymous');
  });

  it('is nobody’s where its provider names another than its number does', async () => {
    await world.told(
      contact('1', { name: 'Maya Osei', phones: [OTHER_PHONE] }),
      guest('g2', { name: 'Erik Berg', phones: [PHONE] }),
      { ...call('7', { phone: PHONE }), data: { ...call('7', { contact: '1' }).data } },
    );
    expect(await world.linked(CALL)).toBe('contradiction');
  });

  it('is its number’s where whom its provider names was deleted since', async () => {
    const named = contact('1', { name: 'Maya Osei', phones: [OTHER_PHONE] });
    await world.told(
      named,
      guest('g2', { name: 'Erik Berg', phones: [PHONE] }),
      { ...call('7', { phone: PHONE }), data: { ...call('7', { contact: '1' }).data } },
      {
        ...contact('1', { at: 1_000 }),
        data: { ...named.data, event: 'contact.deleted', rank: 90, deleted: true },
      },
    );
    expect(await world.linked(CALL)).toEqual(['guest/guesty.main.g2']);
  });

  it('is nobody’s where it came from a switchboard', async () => {
    const behind = Array.from({ length: 30 }, (_, i) => guest(`s${i}`, { phones: [PHONE] }));
    await world.told(...behind, call('7', { phone: PHONE }));
    expect(await world.linked(CALL)).toBe('switchboard');
    expect(await world.questions()).toEqual([]);
  });
});

describe('a number that two people share', () => {
  beforeEach(() =>
    world.told(
      contact('1', { phones: [PHONE] }),
      guest('g1', { name: 'Maya Osei', phones: [PHONE] }),
      guest('g2', { name: 'Erik Osei', phones: [PHONE] }),
      call('7', { phone: PHONE }),
    ),
  );

  it('is asked about, with who is reached by it', async () => {
    expect(await world.questions()).toMatchObject([
      {
        by: 'number',
        value: PHONE,
        candidates: [
          { kind: 'contact', id: 'aircall.main.1' },
          { kind: 'guest', displayName: 'Maya Osei' },
          { kind: 'guest', displayName: 'Erik Osei' },
        ],
      },
    ]);
  });

  it('is asked about no more once somebody settled it, and links at once', async () => {
    await world.settle(MAYA, OSEI, true);
    expect(await world.linked(MAYA)).toEqual([MAYA, OSEI]);
    await world.settle(ERIK, MAYA, false);
    expect(await world.questions()).toHaveLength(1);
    await world.settle(ERIK, OSEI, false);
    expect(await world.questions()).toEqual([]);
    expect(Object.keys(await world.kept()).filter((name) => name.startsWith('q'))).toEqual([]);
    expect(await world.linked(CALL)).toBe('ambiguous');
    expect((await world.show(MAYA))?.person?.evidence).toContainEqual({
      records: [MAYA, OSEI],
      by: 'ruling',
    });
  });

  it('is asked about again when the word is taken back, and the last word holds', async () => {
    await world.settle(OSEI, ERIK, true);
    await world.settle(MAYA, OSEI, true);
    expect([await world.questions(), await world.linked(CALL)]).toEqual([[], [MAYA, OSEI, ERIK]]);
    const position = await world.settle(ERIK, OSEI, false);
    expect(await world.settle(OSEI, ERIK, false)).toBe(position);
    expect(await world.linked(ERIK)).toBe('ambiguous');
    expect(await world.questions()).toHaveLength(1);
  });

  it('is asked about no more when one of them is called otherwise or has another number', async () => {
    await world.told(guest('g2', { name: 'Maya Osei', at: 1 }));
    expect([await world.questions(), await world.linked(CALL)]).toEqual([[], [MAYA, OSEI, ERIK]]);
    await world.told(guest('g2', { name: 'Erik Osei', at: 2 }));
    expect(await world.questions()).toHaveLength(1);
    await world.told(guest('g2', { phones: [OTHER_PHONE], at: 3 }));
    expect([await world.questions(), await world.linked(CALL)]).toEqual([[], [MAYA, OSEI]]);
  });

  it('is asked about as soon as one who agreed is called otherwise', async () => {
    await world.told(guest('g2', { name: 'Maya Osei', at: 1 }));
    expect(Object.keys(await world.kept()).filter((name) => name.startsWith('q'))).toEqual([]);
    await world.told(guest('g2', { name: 'Erik Osei', at: 2 }));
    expect(await world.questions()).toHaveLength(1);
  });

  it('stays as it is after a rebuild, with what was settled', async () => {
    await world.settle(MAYA, OSEI, true);
    const before = [await world.kept(), await world.show(MAYA), await world.questions()];
    expect(await world.rebuild()).toMatchObject({ switched: true });
    expect([await world.kept(), await world.show(MAYA), await world.questions()]).toEqual(before);
    expect(await world.kept(1)).toEqual({});
  });

  it('is the other’s alone when one is erased, of whom no claim and no ruling is left', async () => {
    // One person by an operator's word: both are erased.
    await world.settle(ERIK, MAYA, true);
    await world.erase(ERIK);
    for (const erased of [ERIK, MAYA]) {
      expect(JSON.stringify(await world.kept())).not.toContain(erased);
      expect(await world.linked(erased)).toBe('nobody_known');
    }
    expect([await world.questions(), await world.linked(CALL)]).toEqual([[], [OSEI]]);
    await world.erase(OSEI);
    expect(await world.kept()).toEqual({});
  });

  it('forgets who is erased in the batch in which somebody else comes to it', async () => {
    await world.tell(guest('g3', { name: 'Olga Berg', phones: [PHONE] }));
    await world.erase(ERIK);
    expect(JSON.stringify(await world.kept())).not.toContain(ERIK);
    expect(await world.questions()).toHaveLength(1);
  });
});

describe('two who share nothing', () => {
  it('are one person by an operator’s word alone, with all who are one with either', async () => {
    await world.told(
      contact('1', { name: 'Maya', phones: [PHONE] }),
      guest('g1', { name: 'Maya Osei', phones: [PHONE] }),
      guest('g2', { name: 'M. Mensah', mails: ['maya@example.com'] }),
    );
    await world.settle(ERIK, OSEI, true);
    for (const record of [MAYA, OSEI, ERIK])
      expect(await world.linked(record)).toEqual([MAYA, OSEI, ERIK]);
    await world.settle(OSEI, ERIK, false);
    expect([await world.linked(MAYA), await world.linked(ERIK)]).toEqual([
      [MAYA, OSEI],
      'nobody_known',
    ]);
  });
});

describe('what is kept of who is who', () => {
  it('holds no number, mail or name', async () => {
    await world.told(
      guest('g1', { name: 'Maya Osei', phones: [PHONE], mails: ['maya@example.com'] }),
      guest('g2', { name: 'Erik Berg', phones: [PHONE], mails: ['maya@example.com'] }),
    );
    const text = JSON.stringify(await world.kept());
    expect(await world.questions()).toHaveLength(2);
    for (const value of ['7700900123', 'maya', 'Maya', 'Osei', 'Erik'])
      expect(text).not.toContain(value);
  });

  it('is not touched by what says nothing new of anybody', async () => {
    await world.told(guest('g1', { name: 'Maya Osei', phones: [PHONE] }));
    const { put, query } = world.documents;
    const used: string[] = [];
    world.documents.put = (collection, documents) => {
      if (documents.length > 0) used.push(collection.name);
      return put.call(world.documents, collection, documents);
    };
    world.documents.query = (collection, asked) => {
      used.push(collection.name);
      return query.call(world.documents, collection, asked);
    };
    await world.told(reservation('r1', 'g1', 'Maya Osei'), guest('g1', { phones: [PHONE], at: 9 }));
    expect(used.toSorted()).toEqual(['records_guest_1', 'records_reservation_1']);
  });

  it('is made up for when a crash came between a record and its claims', async () => {
    await world.told(guest('g1', { name: 'Maya Osei', phones: [PHONE] }));
    const facts = await world.tell(contact('1', { name: 'Maya', phones: [PHONE] }));
    const { put } = world.documents;
    let recorded: Promise<unknown> | undefined;
    world.documents.put = async (collection, documents) => {
      if (!collection.name.startsWith('handles'))
        return (recorded = put.call(world.documents, collection, documents));
      await recorded;
      throw new Error('killed');
    };
    await expect(world.project(facts)).rejects.toThrow('killed');
    world.documents.put = put;
    expect(await world.linked(OSEI)).toBe('nobody_known');
    await world.catchUp();
    expect(await world.linked(OSEI)).toEqual([MAYA, OSEI]);
  });
});

describe('settling', () => {
  it('is refused for what names nobody, is one record, or is not there', async () => {
    await world.told(guest('g1', { name: 'Maya Osei' }), call('7', { phone: PHONE }));
    const unsettlable = { code: 'CATALOG_IDENTITY_UNSETTLABLE' };
    await expect(world.settle(CALL, OSEI, true)).rejects.toMatchObject(unsettlable);
    await expect(world.settle(OSEI, OSEI, true)).rejects.toMatchObject(unsettlable);
    await expect(world.settle(OSEI, ERIK, true)).rejects.toMatchObject({
      code: 'CATALOG_IDENTITY_UNKNOWN',
    });
  });
});
