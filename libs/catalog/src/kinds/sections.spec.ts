import { describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';

import { foldAll, type Records } from '../../test/folding.js';
import { frozenFacts, goldenFacts } from '../../test/sample-facts.js';
import { fold } from '../merge/record-state.js';
import { kindNames, recordKinds, type KindName } from './index.js';

const golden = foldAll(goldenFacts);
/** All that can be said, but that a thing is gone. */
const frozen = foldAll(
  frozenFacts.map((fact) => {
    const { deleted: _deleted, ...data } = fact.data;
    return { ...fact, data };
  }),
);
const setting = { timeZone: 'Europe/Lisbon' };

const sectionsIn = (records: Records, name: string) => {
  const state = records.get(name);
  if (!state) throw new Error(`no ${name}`);
  return recordKinds[name.slice(0, name.indexOf('/')) as KindName].sectionsOf(state, setting);
};

/** By their paths. */
const textsOf = (records: Records, name: string): Record<string, string> =>
  Object.fromEntries(sectionsIn(records, name).map(({ path, text }) => [path, text]));

const sectionsWith = (kind: KindName, fields: JsonObject) =>
  recordKinds[kind].sectionsOf(
    fold(undefined, { key: '000000000000001.010.001.x', fields: { id: 'x.main.1', ...fields } }),
    setting,
  );

const LISTING = 'listing/guesty.main.65b1c2d3e4f5a6b7c8d9e0f1';
const RESERVATION = 'reservation/guesty.main.66d3e4f5a6b7c8d9e0f1a2b3';

describe('what search reads of a home', () => {
  it('is its facts as sentences, piece by piece', () => {
    expect(textsOf(frozen, LISTING)).toEqual({
      about:
        'Quay Loft (QUAY-01) is apartment, entire home/apt. 2 bedrooms, 2 beds, 1 bathroom. ' +
        'It takes at most 4 guests. It is offered on airbnb. Tags: harbour.',
      address:
        'Address: 12 Example Quay, Bristol BS1 5AA, UK. City: Bristol, England, United Kingdom.',
      cleaning: 'It is dirty since Friday 18 September 2026, 11:30.',
      prices:
        'Price a night: 160.00 GBP. Price a night at weekends: 185.00 GBP. Cleaning fee: 60.00 GBP. ' +
        'Price for each extra guest: 20.00 GBP. The price includes 2 guests. ' +
        'Security deposit: 0.00 GBP. Share of the price for a week: 90 %. ' +
        'Share of the price for a month: 80 %.',
      terms:
        'The shortest stay is 2 nights. The longest stay is 60 nights. Cancellation policy: moderate.',
      times: 'Check-in is from 15:00. Check-out is until 11:00.',
    });
  });

  it('is what its fields of their own say, word for word', () => {
    const customFields = [{ id: '64cc', value: '# House rules\n\nNo parties.' }];
    expect(sectionsWith('listing', { customFields })).toEqual([
      { path: 'custom/64cc', heading: 'Custom field', text: '# House rules\n\nNo parties.' },
    ]);
  });

  it('is what guests are told of it, each text for itself', () => {
    const descriptions = { houseRules: '<p>No parties.</p><p>No smoking.</p>', transit: 'Bus 8.' };
    const amenities = ['WIRELESS_INTERNET', 'Free parking'];
    expect(sectionsWith('listing', { amenities, descriptions })).toEqual([
      {
        path: 'described/houseRules',
        heading: 'House rules',
        text: 'No parties.\n\nNo smoking.',
      },
      { path: 'described/transit', heading: 'Getting there and around', text: 'Bus 8.' },
      {
        path: 'amenities',
        heading: 'Amenities',
        text: 'It has wireless internet, free parking.',
      },
    ]);
  });

  it('is nothing once it is gone', () => {
    expect(sectionsIn(golden, LISTING)).toEqual([]);
  });
});

describe('what search reads of a reservation', () => {
  it('is who stays where and when, in sentences', () => {
    expect(textsOf(golden, RESERVATION)).toMatchObject({
      stay:
        'Reservation HMXQ2P9T4R of Maya Osei at Quay Loft (QUAY-01). 4 nights, arrival on ' +
        'Monday 14 September 2026, departure on Friday 18 September 2026. Planned arrival: 15:00. ' +
        'Planned departure: 11:00. 3 guests (2 adults, 1 child). Status: confirmed. ' +
        'Booked over airbnb (airbnb2).',
      booking:
        'The booking was made on Tuesday 1 September 2026, 11:02. ' +
        'It was confirmed on Tuesday 1 September 2026, 11:02.',
      'custom/64ccddeeff00112233445566': 'late arrival',
    });
    expect(textsOf(golden, RESERVATION).money).toContain('Balance due: 591.50 GBP.');
    expect(textsOf(golden, RESERVATION)).not.toHaveProperty('cancellation');
  });

  it('has the time of the stay', () => {
    const [stay] = sectionsIn(golden, RESERVATION);
    expect(stay).toMatchObject({ from: 1789394400000, to: 1789725600000 });
  });

  it('has the time of the stay at the home, also where only days are known', () => {
    const [stay] = sectionsWith('reservation', {
      checkInDate: '2026-10-24',
      checkOutDate: '2026-10-26',
      plannedArrival: '15:00',
      timeZone: 'America/New_York',
    });
    expect(stay).toMatchObject({
      from: Date.UTC(2026, 9, 24, 19),
      to: Date.UTC(2026, 9, 26, 4),
    });
  });

  it('is why and when it was canceled, and only while it is', () => {
    const told = { canceledAt: 1789146301511, canceledBy: 'guest', cancellationReason: 'ill' };
    const canceled = sectionsWith('reservation', { ...told, status: 'canceled' });
    expect(canceled.find(({ path }) => path === 'cancellation')).toEqual({
      path: 'cancellation',
      heading: 'Cancellation',
      text: 'The reservation was canceled on Friday 11 September 2026, 18:05 by guest. Reason: ill.',
      from: 1789146301511,
      to: 1789146301511,
    });
    const again = sectionsWith('reservation', { ...told, status: 'confirmed' });
    expect(again.map(({ path }) => path)).toEqual(['stay']);
  });
});

describe('what search reads of a call', () => {
  it('is who called whom and how it went, and what was said', () => {
    expect(textsOf(golden, 'call/aircall.main.4190001001')).toMatchObject({
      call:
        'Inbound call from Maya Osei (+447700900123) to Guest line UK (+442079460018) on ' +
        'Monday 14 September 2026, 10:12. It was answered by Ines Carvalho. ' +
        'They talked for 4 minutes 5 seconds. Menu: Check-in help. ' +
        'It was transferred to Tom Aldridge, +441614960345 by Ines Carvalho. Teams: Guest care. ' +
        'Tags: Check-in issue. Reference: CA0f1e2d3c4b5a69788796a5b4c3d2e1f0.',
      'comments/24999001': 'Guest could not open the key safe.\nSent a new code by SMS.',
      action_items: '- Replace key safe battery\n- Confirm new code with guest',
      sentiment: 'Mood of Maya Osei: neutral.',
      summary: 'The guest could not open the key safe at Quay Loft. The agent issued a new code.',
      topics: 'Topics: Check-in, Key safe.',
      transcription:
        'Ines Carvalho: Hello, Harbour Stays, Ines speaking.\nMaya Osei: Hi, the key safe will not open.',
    });
  });

  it('is that it was missed, and what a machine heard', () => {
    const texts = textsOf(golden, 'call/aircall.main.4190001002');
    expect(texts.call).toContain('It was missed (agents did not answer). A voicemail was left.');
    expect(Object.values(texts).join(' ')).toContain('booking reference: HMXQ2P9T4R');
  });

  it('puts what one says in several utterances into one turn', () => {
    const speakers = [{ by: 'external' }, { by: 'colleague' }];
    const utterances = [
      { speaker: 0, text: 'Hi.' },
      { speaker: 0, text: 'Me again.' },
      { speaker: 1, text: 'Hello.' },
    ];
    const [call] = sectionsWith('call', {
      'said:transcription:speakers': speakers,
      'said:transcription:utterances': utterances,
      contactName: 'Maya',
      direction: 'inbound',
    }).filter(({ path }) => path === 'transcription');
    expect(call?.text).toBe('Maya: Hi. Me again.\ncolleague: Hello.');
  });
});

describe('what search reads of a message', () => {
  it('is its words, under who wrote them and when', () => {
    expect(sectionsIn(golden, 'guest_message/guesty.main.67100000000000000000a005')).toEqual([
      {
        path: 'text',
        heading: 'Ines Carvalho (host), Monday 14 September 2026, 10:22',
        text: 'New code is 4417. Sorry for the trouble.',
        from: 1789377720000,
        to: 1789377720000,
      },
    ]);
    expect(
      sectionsIn(golden, 'phone_message/aircall.main.1789377719001wxyzab12cd34ef56'),
    ).toMatchObject([
      {
        heading: 'Ines Carvalho (host), Monday 14 September 2026, 10:21, over sms',
        text: 'Sorry about that. New code: 4417.',
      },
    ]);
  });

  it('is nothing where it has no words, and what hangs on it where it has', () => {
    expect(sectionsIn(golden, 'guest_message/guesty.main.67100000000000000000a004')).toEqual([]);
    expect(textsOf(golden, 'phone_message/aircall.main.1789378260555mmsab12cd34ef56gh')).toEqual({
      text: 'Attached: keysafe.jpg',
    });
  });

  it('is part of its conversation, and a text message of the talk with its contact', () => {
    expect(recordKinds.guest_message.partOf).toEqual({
      field: 'conversation',
      kind: 'conversation',
    });
    expect(recordKinds.phone_message.partOf).toEqual({ field: 'contact', kind: 'contact' });
    expect(textsOf(golden, 'conversation/guesty.main.66e4f5a6b7c8d9e0f1a2b3c4')).toEqual({
      conversation:
        'Conversation with Maya Osei (maya.osei@example.com) over airbnb. ' +
        'Subject: Reservation HMXQ2P9T4R.',
    });
  });
});

describe('what search reads of other records', () => {
  it('is what a review says, its rating and the reply', () => {
    expect(textsOf(golden, 'review/guesty.main.68000000000000000000c001')).toEqual({
      public: 'Great stay by the water.',
      'replies/guesty.main.68000000000000000000c0f1': 'Thank you, Maya!',
      review:
        'Review on Sunday 20 September 2026, 11:00 over airbnb. Rating: 5 of 5. ' +
        'Reservation at the channel: HMXQ2P9T4R.',
    });
  });

  it('is what a task is, its list and comments', () => {
    const texts = textsOf(frozen, 'task/guesty.main.672aa0000000000000000001');
    expect(texts).toMatchObject({ description: 'Guest could not open the safe' });
    expect(texts.task).toContain('Task T1042: Replace key safe battery. Type: maintenance.');
    expect(texts.checklist).toMatch(/^- \[[ x]\] /u);
    expect(Object.keys(texts).filter((path) => path.startsWith('comments/'))).not.toEqual([]);
  });

  it('is how much a payment is, and what became of it', () => {
    const texts = textsOf(golden, 'payment/guesty.main.66f0000000000000000000a1');
    expect(texts.payment).toContain(
      'Payment of 591.50 GBP by Maya Osei. Card: visa ending 4242. Status: disputed.',
    );
    expect(texts).toMatchObject({
      dispute:
        'The payment by Maya Osei is disputed for 591.50 GBP. ' +
        'Reason: chargeback, product not received. Case: dp_example_01.',
      refund:
        'Refund of 100.00 GBP to Maya Osei on Sunday 20 September 2026, 09:00. ' +
        'Refunded in all: 100.00 GBP.',
    });
  });

  it('is the body of a notice, as lines', () => {
    expect(textsOf(frozen, 'notice/crm.main.1f81eb52')).toEqual({
      body: 'data id: 1f81eb52\ndata name: Nkechi Adeyemi\ntype: contact.created',
      notice: 'Notice contact.created about Nkechi Adeyemi.',
    });
    const body = JSON.stringify({
      customer: { firstName: 'Zofia', tags: ['vip', ''], seen: null },
      items: [{ net_price: 12.5 }, { net_price: 3 }],
    });
    expect(sectionsWith('notice', { body }).at(-1)?.text.split('\n')).toEqual([
      ...['customer first name: Zofia', 'customer tags: vip'],
      ...['items net price: 12.5', 'items net price: 3'],
    ]);
  });

  it('is how people are called and reached', () => {
    const contact = textsOf(frozen, 'contact/aircall.main.77120045');
    expect(contact.contact).toContain('Contact Maya Osei.');
    expect(contact.information).toBe('Guest at Quay Loft, arriving 14 Sep');
    const guest = textsOf(frozen, 'guest/guesty.main.66c2d3e4f5a6b7c8d9e0f1a2');
    expect(guest.guest).toContain('Guest Maya Osei. Phones: +447700900123.');
    expect(guest.notes).toBe('Prefers late check-out');
    expect(textsOf(golden, 'colleague/aircall.main.910212')).toEqual({
      colleague:
        'Colleague Tom Aldridge. Mail: tom.aldridge@harbourstays.example. Extension: 012. ' +
        'Language: en-GB. Time zone: Europe/London.',
    });
    expect(textsOf(golden, 'phone_number/aircall.main.550101')).toEqual({
      line: 'Phone line Guest line UK. Number: +442079460018. Country: GB. Time zone: Europe/London. Calls are recorded.',
    });
  });
});

describe('what search reads of any record', () => {
  const all = [...golden, ...frozen].map(([name, state]) => ({
    kind: name.slice(0, name.indexOf('/')) as KindName,
    state,
  }));

  const unsearched: readonly KindName[] = ['calendar_day', 'chat_member', 'chat_user'];

  it('is nothing, of kinds that only say when something is, or who may do what', () => {
    const found = all.flatMap(({ kind, state }) =>
      unsearched.includes(kind) ? recordKinds[kind].sectionsOf(state, setting) : [],
    );
    expect(found).toEqual([]);
  });

  it.each(kindNames.filter((kind) => !unsearched.includes(kind)))('is something, of %s', (kind) => {
    const found = all
      .filter((record) => record.kind === kind)
      .flatMap(({ state }) => recordKinds[kind].sectionsOf(state, setting));
    expect(found).not.toEqual([]);
    for (const { path, text } of found) expect([path, text.trim()]).not.toContain('');
  });

  it('has paths of its own for each piece', () => {
    for (const { kind, state } of all) {
      const paths = recordKinds[kind].sectionsOf(state, setting).map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
    }
  });

  it('holds nothing personal once that was erased', () => {
    const erased = foldAll(
      [...goldenFacts, ...frozenFacts].map((fact) => ({ ...fact, personal: undefined })),
    );
    const texts = [...erased].flatMap(([name]) => sectionsIn(erased, name));
    expect(texts).not.toEqual([]);
    expect(JSON.stringify(texts)).not.toMatch(/Maya|Osei|Ines|Tom|Quay|7700|key safe|@|Nkechi/u);
  });

  it('is written in UTC where nobody knows the time zone', () => {
    const state = golden.get('call/aircall.main.4190001900');
    const [call] = state ? recordKinds.call.sectionsOf(state, { timeZone: 'Nowhere/At_All' }) : [];
    expect(call?.text).toContain('10:35');
  });
});

describe('the records that a record names', () => {
  it('stand in its lists, too', () => {
    const namedBy = (name: string) => {
      const state = golden.get(name) ?? frozen.get(name);
      return state && recordKinds[name.slice(0, name.indexOf('/')) as KindName].namedIn(state);
    };
    expect(namedBy('call/aircall.main.4190001001')).toEqual([
      ...['colleague/aircall.main.910211', 'colleague/aircall.main.910212'],
      ...['contact/aircall.main.77120045', 'phone_number/aircall.main.550101'],
    ]);
    expect(namedBy('calendar_day/guesty.main.65b1c2d3e4f5a6b7c8d9e0f1.2026-09-14')).toEqual([
      LISTING,
      RESERVATION,
    ]);
    expect(namedBy('phone_number/aircall.main.550101')).toEqual([
      ...['colleague/aircall.main.910211', 'colleague/aircall.main.910212'],
    ]);
  });

  it('are of the kind that each thing says it is, where a list holds several', () => {
    const participants: JsonObject[] = [
      { id: 'aircall.main.2', kind: 'contact' },
      { id: 'aircall.main.3', kind: 'colleague' },
      { kind: 'external', phone: '+447700900123' },
    ];
    const state = fold(undefined, {
      key: '000000000000001.010.001.x',
      fields: {
        id: 'aircall.main.1',
        participants,
        'comment:7': { by: 'aircall.main.4', text: 'x' },
      },
    });
    expect(recordKinds.call.namedIn(state)).toEqual([
      ...['colleague/aircall.main.3', 'colleague/aircall.main.4', 'contact/aircall.main.2'],
    ]);
  });
});
