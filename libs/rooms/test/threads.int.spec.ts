import { describe, expect, it } from '@jest/globals';

import type { RoomCommand } from '../src/judge/room-command.js';
import { commandReplies } from '../src/say/command-replies.js';
import { carryOutCommand } from '../src/threads/carry-out-command.js';
import {
  awaitReason,
  dialoguesFor,
  endDialogue,
  findThread,
  noteDialogue,
} from '../src/threads/thread-documents.js';
import { HeardDialogues } from './heard-dialogues.js';
import { ANNA, ROOM, RoomsWorld } from './rooms-world.js';

const says = commandReplies('en');
const HOUR = 3_600_000;

const told = (story: (world: RoomsWorld, heard: HeardDialogues) => unknown) =>
  RoomsWorld.run(async (world) => {
    world.chat.addAccount('bo');
    await story(world, new HeardDialogues(world));
  });

/** What stands in a room by us, in order. */
const ours = ({ chat }: RoomsWorld, room: string): readonly string[] =>
  chat
    .messagesIn(room)
    .filter(({ author }) => author === 'our-account')
    .map(({ text }) => text);

/** Somebody writes in the thread of the first question. */
const inThread = ({ chat }: RoomsWorld, id: string, text: string, author = ANNA): string =>
  chat.write({ id, room: ROOM, thread: 'q1', author, text });

/** As after a crash before it was noted that it is done. */
const again = async (
  { chat }: RoomsWorld,
  { parts }: HeardDialogues,
  id: string,
  command: RoomCommand,
): Promise<void> => {
  const [message, room] = await Promise.all([chat.message(id), chat.room(ROOM)]);
  if (!message || !room) throw new Error(`${id} is not in the room`);
  await carryOutCommand(parts)({ message, room, command });
};

describe('what somebody tells us', () => {
  it('is explained in the thread, once, also after somebody took it away', () =>
    told(async (world, heard) => {
      world.write('help', 'h1');
      await heard.hear('h1');
      await heard.hear('h1');
      expect(world.shown('h1')).toEqual([says.help.join('\n')]);
      const [reply] = world.chat.messagesIn(ROOM).filter(({ thread }) => thread === 'h1');
      world.chat.remove(reply?.id ?? '');
      await heard.hear('h1');
      expect(world.shown('h1')).toEqual([]);
    }));

  it('renames and archives the dialogue of who says so, and says it in a line', () =>
    told(async (world, heard) => {
      await heard.hear(world.write('the wifi'));
      const [[id = ''] = []] = world.log.of('the wifi');
      await heard.hear(inThread(world, 'b1', '!ask rename Mine', 'bo'));
      expect(heard.titles.size).toBe(0);
      expect(world.shown().at(-1)).toBe(says.nothingHere);
      await heard.hear(inThread(world, 'a1', '!ask rename Wifi of the mill'));
      expect(heard.titles.get(id)).toBe('Wifi of the mill');
      expect(world.shown().at(-1)).toBe(says.renamed);
      await heard.hear(inThread(world, 'a2', '!ask archive'));
      expect([...heard.archived]).toEqual([id]);
      expect(world.shown().at(-1)).toBe(says.archived);
      await heard.hear(inThread(world, 'a3', 'just talking'));
      expect(world.log.of('just talking')).toEqual([]);
      await heard.hear(inThread(world, 'a4', '!ask the water'));
      expect(world.log.of('the water')[0]?.[1].conversation).not.toBe(id);
    }));

  it('begins another dialogue, in which the next message needs no trigger', () =>
    told(async (world, heard) => {
      await heard.hear(world.write('the wifi'));
      const [[first = ''] = []] = world.log.of('the wifi');
      await heard.hear(inThread(world, 'a1', 'and the code?'));
      expect(world.log.of('and the code?')[0]?.[1].conversation).toBe(first);
      await heard.hear(inThread(world, 'a2', '!ask new'));
      expect(world.shown().at(-1)).toBe(says.begins);
      await heard.hear(inThread(world, 'a3', 'the water'));
      const [[second = '', asked] = []] = world.log.of('the water');
      expect(asked?.conversation).toBe(second);
      expect(world.log.requests.at(-1)?.besides).toEqual([]);
      await heard.hear(inThread(world, 'b1', '!ask the keys', 'bo'));
      expect(world.log.requests.at(-1)?.besides).toEqual([second]);
    }));

  it('is not done again when it was said, for there may be another dialogue by then', () =>
    told(async (world, heard) => {
      await heard.hear(world.write('the wifi'));
      inThread(world, 'a1', '!ask rename One');
      await heard.hear('a1');
      await heard.hear(inThread(world, 'a2', '!ask rename Two'));
      await again(world, heard, 'a1', { does: 'rename', title: 'One' });
      expect([...heard.titles.values()]).toEqual(['Two']);
    }));
});

describe('the list of somebody’s dialogues', () => {
  const dialogue = { id: 'd1', archived: false, lastAskedAt: '2026-09-14T09:00:00.000Z' };

  it('goes to that person alone, and nothing of it stands in the room', () =>
    told(async (world, heard) => {
      heard.listed.set('user/anna', [{ ...dialogue, title: 'Secret of @all the *mill*' }]);
      heard.listed.set('user/bo', [{ ...dialogue, title: 'Of bo' }]);
      await heard.hear(world.write('list', 'l1'));
      const direct = await world.chat.directRoomWith(ANNA);
      expect(ours(world, direct ?? '')).toEqual([
        `${says.dialogues}\n• [→](https://innkeeper.example/ask?question=d1) Secret of all the \`*mill*\` (2026-09-14)`,
      ]);
      expect(world.chat.messagesIn(ROOM).filter(({ author }) => author !== ANNA)).toEqual([]);
      await again(world, heard, 'l1', { does: 'list' });
      expect(ours(world, direct ?? '')).toHaveLength(1);
    }));

  it('is not written again after its reader took it away', () =>
    told(async (world, heard) => {
      await heard.hear(world.write('list', 'l1'));
      const direct = (await world.chat.directRoomWith(ANNA)) ?? '';
      for (const { id } of world.chat.messagesIn(direct)) world.chat.remove(id);
      await again(world, heard, 'l1', { does: 'list' });
      expect(ours(world, direct)).toEqual([]);
    }));

  it('is searched by words, and says when there is nothing', () =>
    told(async (world, heard) => {
      heard.listed.set('user/anna', [
        { ...dialogue, title: 'The mill' },
        { ...dialogue, id: 'd2', title: 'The barn', archived: true },
      ]);
      await heard.hear(world.write('search mine barn', 's1'));
      await heard.hear(world.write('search mine boat', 's2'));
      const direct = (await world.chat.directRoomWith(ANNA)) ?? '';
      expect(ours(world, direct)[0]).toContain('[The barn]');
      expect(ours(world, direct)[0]).toContain(says.archivedMark);
      expect(ours(world, direct)[0]).not.toContain('The mill');
      expect(ours(world, direct)[1]).toBe(says.noneFound);
    }));

  it('is refused in the room where nobody can be written to directly', () =>
    told(async (world, heard) => {
      heard.listed.set('user/anna', [{ ...dialogue, title: 'The mill' }]);
      world.write('list', 'l1');
      const directRoomWith = () => Promise.resolve(undefined);
      heard.parts.chat.directRoomWith = directRoomWith;
      await heard.hear('l1');
      expect(world.shown('l1')).toEqual([says.noDirectRoom]);
    }));
});

describe('what is known of a thread', () => {
  it('has one dialogue for each person, and those of others besides', () =>
    told(async ({ parts: { documents, clock } }) => {
      const note = (person: string, conversation: string, ms: number) =>
        noteDialogue(documents, 't', { person, conversation, at: clock.now() + ms });
      await Promise.all([note('a', 'c1', 1), note('b', 'c2', 2), note('c', 'c3', 3)]);
      await note('a', 'c4', 4);
      const thread = await findThread(documents, 't');
      const of = (person: string) =>
        dialoguesFor(thread, { person, now: clock.now(), isDirect: false });
      expect(of('a').conversation).toBe('c4');
      expect([...of('a').besides].toSorted()).toEqual(['c2', 'c3']);
      expect(of('d').conversation).toBeUndefined();
    }));

  it('goes on for an hour in a direct room, and in a thread for longer', () =>
    told(async ({ parts: { documents, clock } }) => {
      const begun = clock.now();
      await noteDialogue(documents, 't', { person: 'a', conversation: 'c1', at: begun });
      const thread = await findThread(documents, 't');
      const at = (ms: number, isDirect: boolean) =>
        dialoguesFor(thread, { person: 'a', now: begun + ms, isDirect }).conversation;
      expect([at(HOUR, true), at(HOUR + 1, true), at(HOUR + 1, false)]).toEqual([
        'c1',
        undefined,
        'c1',
      ]);
    }));

  it('keeps a dialogue over that is noted once more, and awaits one reason of each person', () =>
    told(async ({ parts: { documents, clock } }) => {
      const now = clock.now();
      const used = { person: 'a', conversation: 'c1', at: now };
      await noteDialogue(documents, 't', used);
      await endDialogue(documents, 't', { person: 'a', over: 'another' });
      await noteDialogue(documents, 't', used);
      await awaitReason(documents, 't', { person: 'a', message: 'm1', until: 1 });
      await awaitReason(documents, 't', { person: 'a', message: 'm2', until: 2 });
      const thread = await findThread(documents, 't');
      expect(dialoguesFor(thread, { person: 'a', now, isDirect: false }).conversation).toBe(
        undefined,
      );
      expect(thread?.awaited).toEqual([{ person: 'a', message: 'm2', until: 2 }]);
    }));

  it('is forgotten three months after it was last used', () =>
    told(async ({ parts: { documents, clock } }) => {
      const at = clock.now();
      await noteDialogue(documents, 't', { person: 'a', conversation: 'c1', at });
      clock.pass(89 * 24 * HOUR);
      expect(await findThread(documents, 't')).toBeDefined();
      clock.pass(2 * 24 * HOUR);
      expect(await findThread(documents, 't')).toBeUndefined();
    }));
});
