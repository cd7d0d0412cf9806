import { eraseStreams } from '#libs/catalog';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { callFrom, guestId, homeOf, stayId, story, talkId } from './linked-facts.js';
import { openLinked, type LinkedWorld } from './linked-world.js';

/** A Monday morning in Lisbon: 2026-09-14. */
const NOW = 1_789_376_400_000;
const HOUR_MS = 3_600_000;
const FRONT = 'group:front';
const HANNAH = '+351910000101';

const facts = [
  homeOf('h12', 'Seehaus 12'),
  homeOf('h7', 'Casa Azul'),
  ...story({
    ...{ key: 'hannah', guest: 'Hannah Müller', phone: HANNAH, home: 'h12' },
    ...{ from: '2026-09-12', to: '2026-09-16', code: 'HMABC123', due: 12_000, people: 3 },
    wrote: ['The heating makes a loud noise at night, we cannot sleep.'],
  }),
  ...story({
    ...{ key: 'before', guest: 'Paul Dupont', phone: '+33600000102', home: 'h12' },
    ...{ from: '2026-09-08', to: '2026-09-12' },
    wrote: ['The shower is cold and the neighbours are loud at night.'],
  }),
  ...story({
    ...{ key: 'max', guest: 'Max Müller', phone: '+4915100000103', home: 'h7' },
    ...{ from: '2026-09-20', to: '2026-09-24', due: 0, people: 2 },
  }),
  ...story({
    ...{ key: 'ines', guest: 'Inês Carvalho', phone: '+351910000104', home: 'h7' },
    ...{ from: '2026-09-13', to: '2026-09-15', people: 1 },
    wrote: ['Could we get two more towels?'],
  }),
  callFrom(HANNAH, NOW - 20 * HOUR_MS),
  callFrom(HANNAH, NOW - 50 * HOUR_MS),
  callFrom('+34699000111', NOW - 30 * HOUR_MS),
];

describe('one thing that records say of somebody', () => {
  let world: LinkedWorld;
  beforeAll(async () => {
    world = await openLinked(facts, { reservation: [FRONT] });
  });
  afterAll(() => world.close());

  const front = { principals: ['staff', 'user:anna', FRONT] };
  const answer = async (text: string, request: object = front) => {
    const { answer: said, citations, choices, outcome } = await world.ask(text, request);
    return { said, outcome, cited: citations.map(({ record }) => record), choices };
  };

  it.each([
    ['When does Hannah Müller leave?', /^Departure, Hannah Müller:\n• Wed,? 16 Sept? 2026/],
    ['Wann reist Frau Hannah Mueller ab?', /^Abreise, Hannah Müller:\n• Mi\.,? 16\. Sept/],
    ['Wann reist der Gast in 12 ab?', /^Abreise, Hannah Müller:/],
    ['How many people come with Hannah Müller?', /^People, Hannah Müller:\n• 3 · /],
    ['What does HMABC123 still owe?', /^Still to pay, Hannah Müller:\n• 120\.00 EUR/],
    ['¿Cuándo llega Max Muller?', /^Llegada, Max Müller:\n• dom,? 20 sept? 2026/],
    ['In welcher Wohnung ist Ines Carvalho?', /^Unterkunft, Inês Carvalho:\n• Casa Azul/],
    ['Which home is +351 910 000 104 in?', /^Home, Inês Carvalho:\n• Casa Azul/],
    ['What is the phone number of the guest in Casa Azul?', /\+351910000104/],
  ])('%s', async (text, said) => {
    const found = await answer(text);
    expect(found.outcome).toBe('answered');
    expect(found.said).toMatch(said);
    expect(found.cited.length).toBeGreaterThan(0);
    expect(found.said).toContain('guesty: ');
  });

  it('cites the record that says so', async () => {
    const { cited } = await answer('When does Hannah Müller leave?');
    expect(cited).toEqual([`reservation/${stayId('hannah')}`]);
  });

  it('asks back where two have the name, with the stay that tells them apart, and goes on', async () => {
    const asked = await world.ask('Wann kommt Müller?', front);
    expect(asked).toMatchObject({
      outcome: 'asked_back',
      choices: [
        { id: `guest/${guestId('hannah')}` },
        {
          id: `guest/${guestId('max')}`,
          name: 'Max Müller (Casa Azul, 2026-09-20 – 2026-09-24)',
        },
      ],
    });
    const chosen = await answer('2', { ...front, conversation: asked.conversation });
    expect(chosen.said).toMatch(/^Anreise, Max Müller:\n• So\.,? 20\. Sept/);
  });

  it('lets the home that is named tell which of two is meant', async () => {
    const { said } = await answer('When does Müller in Casa Azul arrive?');
    expect(said).toMatch(/^Arrival, Max Müller:/);
  });

  it('says when somebody called last, whose ever the number is', async () => {
    expect((await answer('When did Hannah Müller call last?')).said).toMatch(
      /^Last call, Hannah Müller:\n• 13 Sept? /,
    );
    expect((await answer('Has anybody called from 0034 699 000-111?')).said).toMatch(
      /^Last call, 0034 699 000-111:\n• 13 Sept? /,
    );
    const none = await answer('Has anybody called from +34 699 000 112?');
    expect(none).toMatchObject({ outcome: 'abstained', cited: [] });
  });

  it('counts calls of a day, and knows one that the index does not know yet', async () => {
    const day = await answer('Did Hannah Müller call yesterday?');
    expect(day.said).toMatch(/^Calls, Hannah Müller: 1\n/);
    const fresh = callFrom('+351910000104', world.parts.clock.now() - 60_000);
    await world.parts.journal.observe(await world.parts.journal.prepare([fresh]));
    await world.catalog.live.apply(await world.parts.log.read(facts.length, 100));
    expect((await answer('When did Inês Carvalho call last?')).cited).toEqual([fresh.stream]);
  });

  it('is honest where nobody stays', async () => {
    await world.tell(homeOf('h9', 'Windmill'));
    world.parts.clock.pass(3_000);
    const { outcome, said } = await answer('When does the guest in Windmill leave?');
    expect(outcome).toBe('abstained');
    expect(said).toContain('nobody stays there: Windmill');
  });

  it('knows of no stay that the asker may not read: as if there were none', async () => {
    const named = await answer('When does Hannah Müller leave?', {});
    expect(named).toMatchObject({ outcome: 'abstained', cited: [] });
    const inHome = await answer('When does the guest in Seehaus 12 leave?', {});
    expect(inHome).toMatchObject({ outcome: 'abstained', cited: ['listing/guesty.main.h12'] });
    const links = await world.links('When does HMABC123 arrive?');
    expect(links).toMatchObject({ state: 'none', stays: [], people: [], homes: [] });
  });

  describe('a search about the guest of a home', () => {
    it('finds the talk of that stay, and of no other', async () => {
      const { hits, scope } = await world.search(
        'What did the guest in 12 say about the noise at night?',
        [...front.principals],
      );
      expect(scope.state).toBe('found');
      expect(scope.ids).toContain(`conversation/${talkId('hannah')}`);
      const units = new Set(hits.map(({ passage }) => passage.unit));
      expect(units).toContain(`conversation/${talkId('hannah')}`);
      expect(units).not.toContain(`conversation/${talkId('before')}`);
    });

    it('follows the days that are said to the guest who was there then', async () => {
      const { hits } = await world.search(
        'Was hat der Gast in 12 am 10. September über die Dusche gesagt?',
        [...front.principals],
      );
      const units = new Set(hits.map(({ passage }) => passage.unit));
      expect([...units]).toContain(`conversation/${talkId('before')}`);
      expect([...units]).not.toContain(`conversation/${talkId('hannah')}`);
    });

    it('finds the calls of that guest by the number alone', async () => {
      const { hits } = await world.search('calls of Hannah Müller', [...front.principals]);
      expect(hits.some(({ passage }) => passage.unit.startsWith('call/'))).toBe(true);
      expect(hits.every(({ passage }) => !passage.text.includes('34699000111'))).toBe(true);
    });
  });
});

describe('somebody who was erased', () => {
  it('is found by nobody, by no name, number, code or home, before the index knows of it', async () => {
    const world = await openLinked(facts);
    const { erase, plan } = eraseStreams({
      ...world.parts,
      deliveriesYielding: () => Promise.resolve([]),
      mentioning: () => Promise.resolve({ letters: [], deliveries: [], quarantined: [] }),
      rawOf: () => Promise.resolve(undefined),
    });
    expect((await world.links('When does HMABC123 arrive?')).state).toBe('found');
    await erase(await plan(`guest/${guestId('hannah')}`), 'zoe');
    await world.fold();
    for (const by of ['Hannah Müller', HANNAH, 'HMABC123', 'the guest in Seehaus 12']) {
      const links = await world.links(`When does ${by} leave?`);
      expect([by, links.people, links.choices]).toEqual([by, [], []]);
      const { answer, citations } = await world.ask(`When does ${by} leave?`);
      const shown = JSON.stringify([answer.replaceAll(by, ''), citations]);
      expect(shown).not.toMatch(/Hannah|910000101/);
    }
    await world.close();
  });
});
