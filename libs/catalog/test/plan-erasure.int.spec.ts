import { createGenerations, eraseStreams, projectRecords, type ErasurePlan } from '#libs/catalog';
import { createJournal, type FactObservation } from '#libs/journal';
import type { Keys } from '#libs/ports/keys';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { call, contact, openCatalog, START, type CatalogWorld } from './catalog-world.js';

let world: CatalogWorld;
let reached: number;

beforeEach(async () => {
  world = await openCatalog();
  reached = 1;
});
afterEach(() => world.close());

const catchUp = async (): Promise<void> => {
  const facts = await world.log.read(reached, 5000);
  await world.project(facts);
  reached = facts.at(-1)?.position ?? reached;
};
const told = async (...observations: FactObservation[]): Promise<void> => {
  await world.tell(...observations);
  await catchUp();
};

/** Raw bytes that somebody can still open. */
const kept = new Set<string>();
const ports = (): Parameters<typeof eraseStreams>[0] => ({
  ...world,
  deliveriesYielding: () => Promise.resolve([]),
  mentioning: () => Promise.resolve({ letters: [], deliveries: [], quarantined: [] }),
  rawOf: (id) => Promise.resolve(kept.has(id) ? new Uint8Array([1]) : undefined),
});
const erasing = () => eraseStreams(ports());
/** Keys that let something in just before they go: nobody told its words again. */
const lettingIn = (before: () => Promise<void>): Keys => {
  const { keys } = world;
  return {
    fingerprint: (values) => keys.fingerprint(values),
    forget: (streams) => keys.forget(streams),
    open: (items) => keys.open(items),
    retire: (streams) => keys.retire(streams),
    seal: (items) => keys.seal(items),
    tombstones: () => keys.tombstones(),
    async destroy(streams, at) {
      await before();
      await keys.destroy(streams, at);
    },
  };
};
const planned = (target: string, also: readonly string[] = []): Promise<ErasurePlan> =>
  erasing().plan(target, also);

const observed = (
  kind: string,
  id: string,
  data: object,
  personal: object = {},
): FactObservation => ({
  type: `intake.${kind}.observed.v1`,
  stream: `${kind}/${id}`,
  occurredAt: START,
  data: { event: 'e', normaliser: 1, rank: 10, ...data },
  personal: { ...personal },
  meta: { source: 'guesty/main', causationId: `d-${kind}-${id}`, correlationId: 'c' },
});

const guest = (id: string, fullName: string, more: object = {}) =>
  observed('guest', id, { guest: id }, { fullName, ...more });
const reservation = (
  id: string,
  of: string | undefined,
  more: object = {},
  guestName = 'Maya Osei',
) =>
  observed(
    'reservation',
    id,
    { reservation: id, ...(of && { guest: of }), ...more },
    { guestName },
  );
const conversation = (id: string, more: object) =>
  observed('conversation', id, { conversation: id, ...more }, { guestName: 'Maya Osei' });
const guestMessage = (id: string, more: object, text = 'hello') =>
  observed('guest_message', id, { message: id, ...more }, { text });
const payment = (id: string, more: object) =>
  observed('payment', id, { payment: id, step: 'received', ...more }, { name: 'MAYA OSEI' });
const review = (id: string, more: object) =>
  observed('review', id, { review: id, ...more }, { publicText: 'lovely' });
const task = (id: string, more: object, title = 'clean') =>
  observed('task', id, { task: id, ...more }, { title });
const phoneMessage = (id: string, of: string, more: object = {}, personal: object = {}) =>
  observed(
    'phone_message',
    id,
    { message: id, contact: { id: of }, ...more },
    { contact: { firstName: 'Maya', lastName: 'Osei' }, text: 'hi', ...personal },
  );
const colleague = (id: string, name: string) =>
  observed('colleague', id, { colleague: { id } }, { colleague: { id, name } });

describe('the plan for a guest', () => {
  it('follows who names whom to the end', async () => {
    await told(
      guest('g.1', 'Maya Osei'),
      reservation('g.r', 'g.1', { conversation: 'g.c', listing: 'g.l' }),
      conversation('g.c', { guest: 'g.1', reservations: ['g.r'] }),
      guestMessage('g.m', { conversation: 'g.c' }),
      payment('g.p', { reservation: 'g.r' }),
      review('g.v', { reservation: 'g.r' }),
      task('g.t', { reservation: 'g.r', assignedTo: 'g.u' }),
      observed('listing', 'g.l', { listing: 'g.l' }, { title: 'Seaview' }),
      colleague('g.u', 'Tom'),
      guest('g.2', 'Otto Lind'),
      reservation('g.o', 'g.2', {}, 'Otto Lind'),
    );
    expect(await planned('guest/g.1')).toMatchObject({
      streams: [
        ...['conversation/g.c', 'guest/g.1', 'guest_message/g.m', 'payment/g.p'],
        ...['reservation/g.r', 'review/g.v', 'task/g.t'],
      ],
      kinds: { conversation: 1, guest: 1, task: 1 },
      facts: 7,
      choices: [],
      finds: [],
      bounded: false,
    });
  });

  it('leaves what is somebody else’s too as a choice, goes not on behind it, and takes it when asked', async () => {
    await told(
      guest('g.1', 'Maya Osei'),
      guest('g.2', 'Otto Lind'),
      reservation('g.r', 'g.2', { conversation: 'g.c' }, 'Otto Lind'),
      conversation('g.c', { guest: 'g.2', reservations: ['g.r'] }),
      guestMessage('g.m', { conversation: 'g.c', guest: 'g.1' }, 'me too'),
    );
    const plan = await planned('guest/g.1');
    expect(plan.streams).toEqual(['guest/g.1', 'guest_message/g.m']);
    expect(plan.choices).toEqual([{ stream: 'conversation/g.c', reason: 'names_others' }]);
    const taken = await planned('guest/g.1', ['conversation/g.c']);
    expect(taken.streams).toEqual(['conversation/g.c', 'guest/g.1', 'guest_message/g.m']);
    expect(taken.choices).toEqual([{ stream: 'reservation/g.r', reason: 'names_others' }]);
  });

  it('follows linked identities with all that is theirs', async () => {
    const phones = [{ e164: '+447700900123' }];
    await told(
      guest('g.1', 'Maya Osei', { phones }),
      observed(
        'contact',
        'a.7',
        { contact: { id: 'a.7' } },
        {
          contact: { firstName: 'Maya', lastName: 'Osei', phones },
        },
      ),
      call('a.1', 'a.7', 'Maya'),
      phoneMessage('a.m', 'a.7'),
      reservation('g.r', 'g.1'),
    );
    const { choices, streams } = await planned('guest/g.1');
    expect(streams).toEqual([
      ...['call/a.1', 'contact/a.7', 'guest/g.1', 'phone_message/a.m', 'reservation/g.r'],
    ]);
    expect(choices).toEqual([]);
  });

  it('lists who shares a number and is somebody else as a choice', async () => {
    const phones = [{ e164: '+447700900123' }];
    await told(guest('g.1', 'Maya Osei', { phones }), guest('g.2', 'Otto Lind', { phones }));
    const { choices, streams } = await planned('guest/g.1');
    expect(streams).toEqual(['guest/g.1']);
    expect(choices).toEqual([{ stream: 'guest/g.2', reason: 'shared_handle' }]);
  });

  it('lists what named them once and names somebody else now', async () => {
    await told(guest('g.1', 'Maya Osei'), reservation('g.r', 'g.1'));
    await told(
      { ...reservation('g.r', 'g.2', {}, 'Otto Lind'), occurredAt: START + 1 },
      guest('g.2', 'Otto Lind'),
    );
    const { choices, streams } = await planned('guest/g.1');
    expect(streams).toEqual(['guest/g.1']);
    expect(choices).toEqual([{ stream: 'reservation/g.r', reason: 'named_once' }]);
  });
});

describe('the plan for a contact', () => {
  it('takes phone messages as it takes calls, and leaves a group’s thread as a choice', async () => {
    await told(
      contact('a.7', 'Maya'),
      phoneMessage('a.m', 'a.7'),
      phoneMessage('a.g', 'a.7', { group: 'a.group' }, { participants: ['+447700900111'] }),
    );
    const { choices, streams } = await planned('a.7');
    expect(streams).toEqual(['contact/a.7', 'phone_message/a.m']);
    expect(choices).toEqual([{ stream: 'phone_message/a.g', reason: 'group' }]);
  });

  it('finds name, number and mail in what belongs to others, however the number is written', async () => {
    const found = {
      phones: [{ e164: '+447700900987' }],
      mails: [{ value: 'maya.osei@example.com' }],
    };
    await told(
      observed(
        'contact',
        'a.7',
        { contact: { id: 'a.7' } },
        {
          contact: { firstName: 'Maya', lastName: 'Osei', ...found },
        },
      ),
      task('g.1', {}, 'Call MAYA OSEI back'),
      task('g.2', {}, 'ring 07700 900-987'),
      task('g.3', {}, 'write to Maya.Osei@example.com'),
      task('g.4', {}, 'nothing about her'),
    );
    expect((await planned('contact/a.7')).finds).toEqual([
      { stream: 'task/g.1', by: 'name' },
      { stream: 'task/g.2', by: 'number' },
      { stream: 'task/g.3', by: 'mail' },
    ]);
    const { finds, streams } = await planned('contact/a.7', ['task/g.2']);
    expect(streams).toEqual(['contact/a.7', 'task/g.2']);
    expect(finds.map(({ stream }) => stream)).toEqual(['task/g.1', 'task/g.3']);
  });
});

describe('the plan for one record', () => {
  it('takes what belongs to it, and leaves the person it is about as a choice', async () => {
    await told(
      guest('g.1', 'Maya Osei'),
      reservation('g.r', 'g.1'),
      payment('g.p', { reservation: 'g.r', guest: 'g.1' }),
    );
    const { choices, streams } = await planned('reservation/g.r');
    expect(streams).toEqual(['payment/g.p', 'reservation/g.r']);
    expect(choices).toEqual([{ stream: 'guest/g.1', reason: 'named_by_it' }]);
  });

  it('of a colleague is the colleague’s own stream: every call names them', async () => {
    await told(colleague('a.u', 'Tomas Berg'), withColleague('a.1', 'Tomas Berg'));
    const { finds, streams } = await planned('colleague/a.u');
    expect(streams).toEqual(['colleague/a.u']);
    expect(finds).toEqual([{ stream: 'call/a.1', by: 'name' }]);
  });
});

/** A call that mentions the colleague's name and the line's. */
const withColleague = (
  id: string,
  name: string,
  { at = START, of = 'a.7' } = {},
): FactObservation => ({
  ...call(id, of, 'Maya', { at }),
  data: {
    ...call(id, of).data,
    colleague: 'a.u',
    colleagues: [{ id: 'a.u', state: 'on' }],
    line: { id: 'a.l' },
  },
  personal: {
    contact: { firstName: 'Maya' },
    colleagues: [{ id: 'a.u', name }],
    line: { name: 'Reception' },
  },
});

describe('an erasure of somebody a colleague talked with', () => {
  const erase = async (target: string): Promise<void> => {
    const { erase: carryOut, plan } = erasing();
    await carryOut(await plan(target), 'Zoe');
    await catchUp();
  };

  beforeEach(() => told(contact('a.7', 'Maya'), withColleague('a.1', 'Tomas Berg')));

  it('leaves the colleague and the line their names, though only that call told them', async () => {
    await erase('contact/a.7');
    expect(await world.values('colleague', 'a.u')).toMatchObject({
      name: 'Tomas Berg',
      state: 'on',
    });
    expect(await world.values('phone_number', 'a.l')).toMatchObject({ name: 'Reception' });
    expect(await world.values('call', 'a.1')).not.toHaveProperty(['person:a.u']);
    await world.project(await world.log.read(0, 5000), { generation: 2, signals: false });
    for (const kind of ['colleague', 'phone_number'] as const) {
      const id = kind === 'colleague' ? 'a.u' : 'a.l';
      expect(await world.values(kind, id, 2)).toEqual(await world.values(kind, id));
    }
  });

  it('does not put an old word over a newer one', async () => {
    await told(withColleague('a.2', 'Tomas Lund', { at: START + 9 }));
    await erase('call/a.1');
    expect(await world.values('colleague', 'a.u')).toMatchObject({ name: 'Tomas Lund' });
  });

  it('reads no more of the log than the streams of the erased', async () => {
    const others = Array.from({ length: 50 }, (_, i) =>
      withColleague(`a.${i + 9}`, 'Tomas', { of: 'a.8' }),
    );
    await told(...others);
    const { erase: carryOut, plan } = erasing();
    await carryOut(await plan('call/a.1'), 'Zoe');
    const facts = await world.log.read(reached, 5000);
    const { log, streams } = counted();
    const journal = createJournal({ log, keys: world.keys });
    await projectRecords({ ...world, journal, log })({ generation: 1, signals: false })(facts);
    expect([...new Set(streams)].sort()).toEqual(['call/a.1', 'log/erasures']);
    expect(await world.values('colleague', 'a.u')).toMatchObject({ name: 'Tomas Berg' });
  });

  it('is true also where the call goes on between its words and the loss of its key', async () => {
    // What only another's call tells must not go with it.
    const other = withColleague('a.9', 'Tomas', { at: START - 5, of: 'a.8' });
    const mail = 'tomas@inn.example';
    await told({ ...other, personal: { colleagues: [{ id: 'a.u', mail }] } });
    const goesOn = withColleague('a.1', 'Tomas Lund', { at: START + 5 });
    const keys = lettingIn(() => told(goesOn));
    const { erase: carryOut, plan } = eraseStreams({ ...ports(), keys });
    await carryOut(await plan('call/a.1'), 'Zoe');
    await catchUp();
    await world.project(await world.log.read(0, 5000), { generation: 2, signals: false });
    expect(await world.values('colleague', 'a.u')).toMatchObject({ name: 'Tomas Berg' });
    expect(await world.values('colleague', 'a.u')).toMatchObject({ mail });
    expect(await world.values('colleague', 'a.u', 2)).toEqual(
      await world.values('colleague', 'a.u'),
    );
  });

  /** Walking the log as a whole is what an erasure must not do. */
  const counted = () => {
    const streams: string[] = [];
    const log = new Proxy(world.log, {
      get(of, name) {
        if (name === 'read') return () => Promise.reject(new Error('the whole log is walked'));
        const value = of[name as keyof typeof of];
        const bound = (value as (...all: unknown[]) => unknown).bind(of);
        if (name !== 'stream') return bound;
        return (stream: string, ...rest: readonly unknown[]) => {
          streams.push(stream);
          return bound(stream, ...rest);
        };
      },
    });
    return { log, streams };
  };
});

describe('a message of a colleague that is erased while it is told again', () => {
  it('leaves no word that only it said', async () => {
    const authored = (authorName: string, at: number) => ({
      ...guestMessage('g.m', { author: { kind: 'host', colleague: 'g.u' } }),
      occurredAt: at,
      personal: { authorName, text: 'hello' },
    });
    await told(authored('Tomas Berg', START));
    const letting = lettingIn(() => told(authored('Tomas Lund', START + 5)));
    const { erase: carryOut, plan } = eraseStreams({ ...ports(), keys: letting });
    await carryOut(await plan('guest_message/g.m'), 'Zoe');
    await catchUp();
    expect(await world.values('colleague', 'g.u')).toMatchObject({ name: 'Tomas Berg' });
  });
});

describe('what looks after an erasure', () => {
  const lookedAfter = async (target: string, between?: () => Promise<void>) => {
    const { erase: carryOut, plan, watch } = erasing();
    const planned = await plan(target);
    const look = await watch(planned);
    await carryOut(planned, 'Zoe');
    await between?.();
    await catchUp();
    return look();
  };
  beforeEach(async () => {
    kept.clear();
    await told(guest('g.1', 'Maya Osei'), reservation('g.r', 'g.1'), guest('g.2', 'Otto Lind'));
  });

  it('finds nothing, and says at how much it looked', async () => {
    expect(await lookedAfter('guest/g.1')).toEqual({
      ...{ records: 3, facts: 2, deliveries: 2, links: 1 },
      left: [],
    });
  });

  it('tells what was listed to stay apart from what nobody knew of', async () => {
    await told(task('g.t', {}, 'greet Maya Osei'));
    const late = task('g.late', {}, 'Maya Osei rings');
    const { left } = await lookedAfter('guest/g.1', async () => void (await world.tell(late)));
    expect(left).toEqual([
      { where: 'record', name: 'task/g.late', known: false },
      { where: 'record', name: 'task/g.t', known: true },
    ]);
  });

  it('finds raw bytes that somebody can still open, and a generation beside the live one', async () => {
    kept.add('d-guest-g.1');
    await createGenerations(world).next();
    expect((await lookedAfter('guest/g.1')).left).toEqual([
      { where: 'delivery', name: 'd-guest-g.1', known: false },
      { where: 'generation', name: '2', known: false },
    ]);
  });

  it('finds records that were not folded again, and facts whose erasure is in no log', async () => {
    const { plan, watch } = erasing();
    const look = await watch(await plan('guest/g.1'));
    const places = (await look()).left.map(({ name, where }) => `${where} ${name}`);
    expect(places).toEqual(
      expect.arrayContaining(['record guest/g.1', 'fact guest/g.1', 'fact reservation/g.r']),
    );
  });
});
