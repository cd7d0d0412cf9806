import { roomPrincipal, staff } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { CHAT_AT, IndexingWorld } from './indexing-world.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const OTHER_ROOM = 'chat.main.r2';

let world: IndexingWorld;
let asked: readonly string[];
let askedFor: string[][];
beforeEach(async () => {
  asked = [];
  askedFor = [];
  world = await IndexingWorld.open({
    askedUs: (records) => {
      askedFor.push([...records]);
      return Promise.resolve(new Set(records.filter((record) => asked.includes(record))));
    },
  });
});
afterEach(() => world.parts.close());

const say = async (id: string, text: string, minutes = 0, room?: string) => {
  await world.chat(id, text, { at: CHAT_AT + minutes * MINUTE_MS, ...(room && { room }) });
  await world.knowledge.indexRecords([{ kind: 'chat_message', id }]);
};
const home = async (id: string, nickname: string, text = `${nickname} has a garden.`) => {
  await world.put('listing', id, { nickname, description: text });
  await world.knowledge.indexRecords([{ kind: 'listing', id }]);
};
const find = (text: string, room = 'r1') =>
  world.knowledge.search({
    ...{ text, turns: [], timeZone: 'UTC', limit: 20 },
    principals: [...staff, roomPrincipal(room)],
  });
const saidIn = async (text: string, room?: string) =>
  (await find(text, room)).hits
    .map(({ passage }) => passage)
    .filter(({ records }) => records.some((record) => record.startsWith('chat_message/')))
    .map(({ text: words }) => words);

describe('a message that asked us', () => {
  beforeEach(async () => {
    await say('q', '!ask What is the wifi password of the boat house?');
    await say('a', 'The wifi password of the boat house is tide-88.', 1);
    await say('later', '!ask And the wifi password of the boat house?', 120);
    asked = ['chat_message/q', 'chat_message/later'];
  });

  it('is found by nobody; what others say beside it is', async () => {
    const { hits } = await find('wifi password boat house');
    expect(hits.map(({ passage: { text, records } }) => [text, records])).toEqual([
      [
        expect.stringMatching(/^Maya, [^\n]*:\nThe wifi password [^\n]* tide-88\.$/u),
        ['chat_message/a'],
      ],
    ]);
    expect(hits[0]?.passage.turns).toEqual([{ record: 'chat_message/a', start: 0 }]);
  });

  it('is looked for once, and only among what is found', async () => {
    await say('other', 'Bins go out on Monday.', 300);
    await find('wifi password boat house');
    expect(askedFor.map((records) => [...records].sort())).toEqual([
      ['chat_message/a', 'chat_message/later', 'chat_message/q'],
    ]);
  });

  it('costs no look where no talk is found', async () => {
    await home('mill', 'Old Mill', 'The key lies under the stone.');
    await find('Where is the key, under a stone?');
    expect(askedFor).toEqual([]);
  });

  it('is a message as any other once it asks nothing', async () => {
    asked = ['chat_message/later'];
    expect((await saidIn('wifi password boat house')).join()).toContain('!ask What is');
  });
});

describe('who speaks and when', () => {
  it('is no sentence that answers, whatever is asked', async () => {
    await say('a', 'The linen comes on Thursday.');
    const { analysis, hits } = await find('What did Maya say on Tuesday 3 November about linen?');
    const passages = hits.map(({ passage }) => passage);
    const [rated = []] = await world.knowledge.rateSentences(analysis, passages);
    const text = passages[0]?.text ?? '';
    expect(text).toMatch(/^Maya, Tuesday 3 November 2026/u);
    expect(rated.map(({ start, end }) => text.slice(start, end))).toEqual([
      'The linen comes on Thursday.',
    ]);
  });
});

describe('a talk about a home', () => {
  beforeEach(async () => {
    await home('ginestra', 'Villa Ginestra');
    await home('loft', 'Harbour Loft');
  });

  it('is found by its name, though it stands at no home', async () => {
    await say('a', 'The payout of Villa Ginestra is late by a week.');
    const found = await find('How is the payout of Villa Ginestra?');
    expect(found.scope.ids).toEqual(['listing/ginestra']);
    expect(found.hits[0]?.passage.records).toEqual(['chat_message/a']);
  });

  it('is not found where it names another home, or none', async () => {
    await say('a', 'The payout of Harbour Loft is late by a week.');
    await say('b', 'The payout is late again.', 120);
    expect(await saidIn('How is the payout of Villa Ginestra?')).toEqual([]);
  });

  it('says nothing of what is said there of another home', async () => {
    await say('a', 'The payout of Harbour Loft is 900.');
    await say('b', 'Linen for Villa Ginestra comes on Friday.', 1);
    const [text = ''] = await saidIn('How is the payout of Villa Ginestra?');
    expect(text).toContain('Linen for Villa Ginestra');
    expect(text).not.toContain('900');
  });

  it('is found only by who reads its room', async () => {
    await say('a', 'The payout of Villa Ginestra is late by a week.', 0, OTHER_ROOM);
    expect(await saidIn('How is the payout of Villa Ginestra?', 'r1')).toEqual([]);
    expect(await saidIn('How is the payout of Villa Ginestra?', 'r2')).toHaveLength(1);
  });

  it('stands beside what the home itself says', async () => {
    await home('mill', 'Old Mill', 'The wifi password of the mill is stone-5.');
    await say('a', 'The wifi password in Old Mill is wheel-7 now.', HOUR_MS / MINUTE_MS);
    const { hits } = await find('What is the wifi password in Old Mill?');
    const units = hits.map(({ passage }) => passage.unit.split('/')[0]);
    expect(new Set(units)).toEqual(new Set(['listing', 'chat_message']));
  });
});
