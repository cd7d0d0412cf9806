import { writeFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';
import type { ErasureAnswer } from '#libs/routes';

import { BOT, HOOK_TOKEN, STAFF_ROOM, staffMember } from '../rooms/staff-chat.js';
import { AnsweringRooms, saidIn } from './harness/answering-rooms.js';
import {
  guestPosts,
  guestStream,
  sharedMessageStream,
  sharedStream,
} from './harness/guest-posts.js';
import { deliver, until } from './harness/outside.js';
import { otherProviders } from './harness/providers.js';

const [NINA, IVO, VERA] = [staffMember(0), staffMember(1), staffMember(2)];
const GONE = 'This answer is withdrawn: one of its sources is gone.';
const MINUTE_MS = 60_000;
const OLD_QUESTION = 'Where is the oldest ladder of the house?';
/** By which the search for bytes is tested. */
const MARK = 'quillmarkofthesearch';

describe('what comes after an answer', () => {
  let rooms: AnsweringRooms;
  let old: string;

  beforeAll(async () => {
    rooms = await AnsweringRooms.open({
      settings: {
        ...otherProviders,
        INNKEEPER_ROCKETCHAT_TOKENS: HOOK_TOKEN,
      },
      before: ({ fake }) => {
        fake.state.write(
          {
            ...{ _id: 'moldquestion00001', rid: STAFF_ROOM, msg: `!ask ${OLD_QUESTION}` },
            u: { _id: NINA, username: 'person.0', name: 'person.0' },
          },
          Date.now() - 3 * 3_600_000,
        );
        old = 'moldquestion00001';
      },
    });
  }, 120_000);
  afterAll(() => rooms.dispose());

  const say = async (text: string): Promise<string> => {
    const id = rooms.write(IVO, STAFF_ROOM, text);
    await rooms.isRecord(`chat_message/rocketchat.main.${id}`);
    return id;
  };

  /** The stream of the dialogue that this person used last. */
  const dialogueOf = async (person: string): Promise<string> => {
    const { json } = await rooms.as('viewer', person).get('/api/dialogues');
    const [last] = (json as { items: { id: string }[] }).items;
    return `dialogue/${last?.id}`;
  };

  const saysWithdrawn = async (question: string, word: string, since: number): Promise<void> => {
    expect(await rooms.shows(question, GONE)).toBe(GONE);
    expect(Date.now() - since).toBeLessThan(MINUTE_MS);
    expect(JSON.stringify(rooms.answersTo(question))).not.toContain(word);
  };

  /** The key of the dialogue is gone. */
  const isErased = async (dialogue: string): Promise<void> => {
    await until(`${dialogue} is erased`, async () => {
      const path = '/api/facts?type=log.stream.erased.v1&limit=200';
      const { text } = await rooms.as('admin', 'person.0').get(path);
      return text.includes(`"${dialogue}"`);
    });
  };

  const isInNoFile = async (word: string): Promise<void> => {
    await rooms.isQuiet();
    await until(`${word} is in no file`, async () => {
      // The log of writes and the bus are cut once a minute.
      await rooms.platform.tidy();
      return rooms.filesWith(word).length === 0;
    });
  };

  it('answers no question of a first snapshot', async () => {
    await rooms.isRecord(`chat_message/rocketchat.main.${old}`);
    await rooms.tell('ladder', '# Ladder\n\nThe oldest ladder of the house is in the attic.\n');
    expect(await rooms.ask(0, OLD_QUESTION)).toContain('attic');
    expect(rooms.answersTo(old)).toEqual([]);
  });

  it('withdraws an answer whose message was deleted in the chat, and keeps no word of it', async () => {
    const said = await say('The copper lamp stands in the fennelquill shed.');
    const { id } = rooms.chat.ask(0, 'Where does the copper lamp stand?');
    expect(await rooms.answered(id)).toContain('fennelquill');
    const dialogue = await dialogueOf('person.0');
    const since = Date.now();
    rooms.fake.writer.takeAway(said, IVO);
    await saysWithdrawn(id, 'fennelquill', since);
    await isErased(dialogue);
    await isInNoFile('fennelquill');
    expect(rooms.fake.state.messages.has(id)).toBe(true);
  });

  it('withdraws an answer whose note was removed', async () => {
    const note = await rooms.tell(
      'bell',
      '# Bell\n\nThe brass bell hangs at the sorrelquill gate.\n',
    );
    const { id } = rooms.chat.ask(1, 'Where does the brass bell hang?');
    expect(await rooms.answered(id)).toContain('sorrelquill');
    const since = Date.now();
    const { status } = await rooms.as('operator', 'person.0').delete('/api/notes/notes.main.bell');
    expect([note, status]).toEqual(['note/notes.main.bell', 200]);
    await saysWithdrawn(id, 'sorrelquill', since);
  });

  it('withdraws an answer about a guest who is erased, and erases its dialogue', async () => {
    for (const post of await guestPosts()) await deliver(rooms.platform.url(), post);
    await rooms.isRecord(guestStream);
    const { id } = rooms.chat.ask(2, 'When does Zephyrine Quillfeather arrive?');
    expect(await rooms.answered(id)).toMatch(/Quillfeather/u);
    const dialogue = await dialogueOf('person.2');
    const since = Date.now();
    const admin = rooms.as('admin', 'person.0');
    // With all that others wrote of her too.
    const plan = await admin.post('/api/erasures', { target: guestStream, also: [] });
    const found = (plan.json as ErasureAnswer).finds.map(({ stream }) => stream);
    const also = [...found, sharedStream, sharedMessageStream];
    const asked = { target: guestStream, also, confirm: true };
    const { json } = await admin.post('/api/erasures', asked);
    expect((json as ErasureAnswer).erased).toBe(true);
    await saysWithdrawn(id, 'Quillfeather', since);
    await isErased(dialogue);
  });

  it('finds by the same search what is there', async () => {
    const { id } = rooms.chat.ask(0, 'Where is the positive control?');
    await rooms.answered(id);
    // Documents are found by the ids of messages, so these stand there in clear text.
    expect(rooms.filesWith(id)).not.toEqual([]);
    writeFileSync(rooms.folder.file('planted'), `x${MARK.toUpperCase()}x`, 'utf16le');
    expect(rooms.filesWith(MARK)).toEqual([`${MARK} in ${rooms.folder.file('planted')}`]);
  });

  it('follows a question that was edited, and withdraws the answer to one that was deleted', async () => {
    await say('The iron hook is in the juniperquill drawer.');
    await say('The linen bag is in the larchquill closet.');
    const { id } = rooms.chat.ask(0, 'Where is the iron hook?');
    expect(await rooms.answered(id)).toContain('juniperquill');
    rooms.fake.writer.edit(NINA, { id, rid: STAFF_ROOM }, { text: '!ask Where is the linen bag?' });
    expect(await rooms.shows(id, /^The linen bag is in the larchquill closet/u)).toBeTruthy();
    const [answer, ...others] = rooms.answersTo(id);
    expect(others).toEqual([]);
    rooms.fake.writer.takeAway(id, NINA);
    await until('the answer is withdrawn', async () => {
      const shown = rooms.fake.state.messages.get(answer?.['_id'] as string);
      return shown?.['msg'] === 'This answer is withdrawn: its question was deleted.';
    });
  });

  it('asks why once, and exports ratings with the reason', async () => {
    await say('The wool rug lies in the maplequill hall.');
    const { id } = rooms.chat.ask(0, 'Where does the wool rug lie?');
    await rooms.answered(id);
    const [answer] = rooms.answersTo(id);
    const answerId = answer?.['_id'] as string;
    rooms.fake.writer.react(IVO, answerId, ':+1:');
    rooms.fake.writer.react(VERA, answerId, ':+1:');
    rooms.fake.writer.react(NINA, answerId, ':-1:');
    const whys = () =>
      rooms.answersTo(id).filter((one) => saidIn(one).includes('What was wrong, or missing?'));
    await until('somebody is asked why', async () => whys().length > 0);
    rooms.write(NINA, STAFF_ROOM, 'The rug was moved to the attic.', { tmid: id });
    await until('it is thanked for', async () =>
      rooms.answersTo(id).some(({ msg }) => msg === 'Thank you, this is noted.'),
    );
    for (const _ of [1, 2]) rooms.fake.writer.react(NINA, answerId, ':-1:');
    const exported = await until('the reason is exported', async () => {
      const { stdout } = await rooms.command(['ratings', 'export'], {
        INNKEEPER_TOKEN: await rooms.tokenOf('person.0'),
      });
      return stdout.includes('moved to the attic') && stdout;
    });
    const cases = exported
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonObject);
    const rated = cases.find(({ text }) => text === 'Where does the wool rug lie?');
    expect(rated).toMatchObject({ rating: 'down', ratings: { up: 2, down: 1 } });
    expect(whys()).toHaveLength(1);
  });

  it('hears of a direct question by its webhook, and without one by what it follows', async () => {
    await say('The tin box is in the nutmegquill pantry.');
    const direct = rooms.directRoom(NINA);
    const lost = rooms.write(NINA, direct, 'Where is the tin box?');
    expect(await rooms.answered(lost)).toContain('nutmegquill');
    expect(rooms.fake.hooks.history.filter(({ message }) => message === lost)).toEqual([]);
    rooms.fake.state.integrations.set('i00000000000000002', {
      ...rooms.fake.state.integrations.get('i00000000000000001'),
      ...{ _id: 'i00000000000000002', channel: [`@${BOT.userName}`], triggerWords: [] },
    });
    const heard = rooms.write(NINA, direct, 'Where is the tin box of the house?');
    expect(await rooms.answered(heard)).toContain('nutmegquill');
    const posts = rooms.fake.hooks.history.filter(({ message }) => message === heard);
    expect(posts.map(({ status }) => status)).toEqual([200]);
  });
});

describe('a budget that is used up', () => {
  let rooms: AnsweringRooms;

  beforeAll(async () => {
    rooms = await AnsweringRooms.open({ settings: { INNKEEPER_ANSWERS_PER_PERSON_DAY: '1' } });
    await rooms.tell('lamp', '# Lamp\n\nThe copper lamp stands in the fennelquill shed.\n');
  }, 120_000);
  afterAll(() => rooms.dispose());

  it('is said in the chat, with an extract, to that person alone', async () => {
    const question = 'Where does the copper lamp stand?';
    const spent = 'your budget for the language model is used up for today';
    const first = await rooms.ask(0, question);
    const second = await rooms.ask(0, question);
    const other = await rooms.ask(1, question);
    expect([first, second, other].map((text) => text.includes(spent))).toEqual([
      false,
      true,
      false,
    ]);
    for (const text of [first, second, other]) expect(text).toContain('fennelquill');
  });
});
