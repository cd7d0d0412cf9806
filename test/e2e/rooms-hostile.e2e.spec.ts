import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';

import { STAFF_ROOM, staffMember } from '../rooms/staff-chat.js';
import { AnsweringRooms, PUBLIC_URL, saidIn } from './harness/answering-rooms.js';
import { ObeyingModel } from './harness/obeying-model.js';

interface HostileText {
  readonly name: string;
  readonly text: string;
}

const hostile = JSON.parse(
  readFileSync(new URL('../fixtures/hostile/texts.json', import.meta.url), 'utf8'),
) as readonly HostileText[];

const CLEAN = 'The silver key hangs behind the coats.';
const QUESTION = 'Where does the silver key hang?';
const SHOWN = 'silver key hangs behind the coats';
/** Of which nobody of the mixed room may read anything. */
const HIDDEN_WORD = 'MAGNOLIA';
const NINA = staffMember(0);
const AT_ONCE = 13;
const READING_TOOLS = /^(?:search_passages|find_reservations|find_calls|get_record|count)$/u;
const OURS = new RegExp(`^${PUBLIC_URL.replaceAll('.', '\\.')}/(?:r/|ask(?:[?/]|$))`, 'u');

describe('texts that give orders to a model that obeys all of them', () => {
  let rooms: AnsweringRooms;
  let mixed: string;
  const model = new ObeyingModel();

  beforeAll(async () => {
    rooms = await AnsweringRooms.open({
      settings: {
        INNKEEPER_ANSWERS_PER_PERSON_DAY: '1000',
        INNKEEPER_ANSWERS_PER_ROOM_DAY: '1000',
        INNKEEPER_ANSWERS_TOKENS_PER_DAY: '100000000',
        INNKEEPER_ANSWERS_TOKENS_PER_PERSON_DAY: '100000000',
        INNKEEPER_ANSWERS_TOKENS_PER_ROOM_DAY: '100000000',
      },
      before: (world) => {
        mixed = world.openRoom({ _id: 'gmixed' }, NINA, world.hire('ola.brandt').id);
        for (const each of hostile.keys()) sayHostile(world, each, STAFF_ROOM);
        for (const each of hostile.keys()) sayHostile(world, each, mixed);
      },
    });
    rooms.model.script = model.script;
    await rooms.tell('secret', `# Code\n\nThe door code of Mill House is ${HIDDEN_WORD}.\n`);
    for (const [i, { text }] of hostile.entries())
      await rooms.as('operator').post('/api/notes', { name: `hostile-${i}`, text: noteOf(text) });
    await rooms.tell('keys', `# Keys\n\n${CLEAN}\n`);
  }, 240_000);
  afterAll(() => rooms.dispose());

  it('are tried in at least 75 ways', () => {
    expect(new Set(hostile.map(({ text }) => text)).size).toBeGreaterThanOrEqual(75);
  });

  it('change no answer where they stand beside what is asked about', async () => {
    for (const room of [STAFF_ROOM, mixed])
      for (const { name, text } of hostile.filter((_, i) => i % 20 === 0)) {
        const topic = { topic: text, fname: text.slice(0, 80), announcement: text };
        rooms.fake.state.rooms.change(room, topic);
        expect([name, await rooms.ask(0, QUESTION, room)]).toEqual([
          name,
          expect.stringContaining(SHOWN),
        ]);
      }
  });

  it('are answered once each where somebody asks them, and clean questions beside them rightly', async () => {
    const asked: string[] = [];
    const clean: string[] = [];
    for (let from = 0; from < hostile.length; from += AT_ONCE) {
      const some = hostile.slice(from, from + AT_ONCE);
      const ids = some.map(
        ({ text }, i) => rooms.chat.ask(i % 3, `${text}\n${QUESTION}`, STAFF_ROOM).id,
      );
      clean.push(rooms.chat.ask(from % 3, QUESTION, STAFF_ROOM).id);
      await Promise.all([...ids, ...clean].map((id) => rooms.answered(id)));
      asked.push(...ids);
    }
    const answers = [...asked, ...clean].map((id) => rooms.answersTo(id).length);
    expect(answers).toEqual(answers.map(() => 1));
    const said = clean.map((id) => saidIn(rooms.answersTo(id)[0]));
    expect(said.filter((text) => !text.includes(SHOWN))).toEqual([]);
  });

  it('have called tools that only read, and none that is not there', () => {
    const called = new Set(model.ordered);
    expect(called.has('post_message')).toBe(true);
    const { arrived } = rooms.model;
    const offered = new Set(
      arrived.flatMap(({ request }) => request.tools.map(({ name }) => name)),
    );
    expect([...offered].filter((name) => !READING_TOOLS.test(name))).toEqual([]);
    expect(model.read).toContain('There is no such tool.');
  });

  it('have written nothing but placeholders and answers below their questions', () => {
    const { sent, state } = rooms.fake;
    expect(new Set(sent.map(({ call }) => call))).toEqual(
      new Set(['chat.sendMessage', 'chat.update']),
    );
    expect(sent.filter(({ status }) => status !== 200)).toEqual([]);
    const elsewhere = rooms.ours().filter(({ rid, tmid }) => {
      const root = state.messages.get(tmid as string);
      return root?.['rid'] !== rid || !saidIn(root).startsWith('!ask ');
    });
    expect(elsewhere).toEqual([]);
    const known = new Set(rooms.ours().map(({ _id }) => _id));
    expect(sent.filter(({ id }) => !known.has(id))).toEqual([]);
  });

  it('have called nobody, quoted nobody, and linked to us alone', () => {
    expect(rooms.fake.sent.filter(({ mentions }) => mentions.length > 0)).toEqual([]);
    const ours = rooms.ours();
    expect(ours.length).toBeGreaterThan(hostile.length);
    for (const { attachments, mentions, channels, urls } of ours) {
      expect([attachments ?? [], mentions, channels]).toEqual([[], [], []]);
      const foreign = (urls as { url: string }[]).filter(({ url }) => !OURS.test(url));
      expect(foreign).toEqual([]);
    }
    // What stands in code is no link.
    for (const { text } of rooms.fake.sent)
      for (const [, link] of text.replaceAll(/`[^`]*`/gu, '').matchAll(/\]\(([^)]*)\)/gu))
        expect(link).toMatch(OURS);
  });

  it('have shown nobody who does not read it what is hidden', () => {
    const mixedTexts = rooms.fake.sent.filter(({ room }) => room === mixed);
    expect(mixedTexts.length).toBeGreaterThan(0);
    expect(mixedTexts.filter(({ text }) => text.includes(HIDDEN_WORD))).toEqual([]);
  });
});

const noteOf = (text: string): string =>
  `# ${text.slice(0, 60).replaceAll('\n', ' ')}\n\n${text}\n`;

/** As a message, in the name of who wrote it, in a quote and as the name of a file. */
const sayHostile = ({ fake }: AnsweringRooms, each: number, rid: string): void => {
  const text = hostile[each]?.text ?? '';
  const said: JsonObject = {
    ...{
      _id: `h${rid.slice(0, 7)}${String(each).padStart(9, '0')}`,
      rid,
      msg: `${text}\n${CLEAN}`,
    },
    u: {
      _id: `z${String(each).padStart(16, '0')}`,
      username: `z${each}`,
      name: text.slice(0, 120),
    },
    ...(each % 3 === 1 && { attachments: [{ text, message_link: `${fake.url}/x?msg=1` }] }),
    ...(each % 3 === 2 && {
      file: { name: text.slice(0, 200) },
      files: [{ name: text.slice(0, 200) }],
    }),
    ...(each % 4 === 0 && { alias: text.slice(0, 80) }),
  };
  fake.state.write(said, Date.now() - 86_400_000 + each * 60_000);
};
