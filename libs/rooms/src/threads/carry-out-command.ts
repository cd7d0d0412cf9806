import { asFault, type Code } from '#libs/kernel';
import type { RoomMessage, TalkRoom } from '#libs/ports/chat';

import type { RoomCommand } from '../judge/room-command.js';
import type { RoomsParts } from '../rooms-parts.js';
import { commandReplies, type CommandReplies } from '../say/command-replies.js';
import { dialogueListText } from '../say/dialogue-list-text.js';
import { replyOnce, wasReplied } from '../say/reply-once.js';
import { doingOf } from './doing.js';
import type { ThreadDialogue } from './room-thread.js';
import { endDialogue, findThread, threadIdOf } from './thread-documents.js';

export interface CommandOfMessage {
  readonly message: RoomMessage;
  readonly room: TalkRoom;
  readonly command: RoomCommand;
}

const LISTED = 20;

/** Does what somebody told us, and says so once, also when it is done again. */
export const carryOutCommand =
  (parts: RoomsParts) =>
  async (asked: CommandOfMessage): Promise<void> => {
    const { command } = asked;
    const says = commandReplies(command.language);
    switch (command.does) {
      case 'help':
        return inThread(parts, asked, () => Promise.resolve(says.help.join('\n')));
      case 'list':
      case 'search':
        return directly(parts, asked, says);
      case 'rename':
        return inThread(parts, asked, () => rename(parts, asked, command.title));
      case 'archive':
        return inThread(parts, asked, () => archive(parts, asked));
      case 'new':
        return inThread(parts, asked, () => beginAnother(parts, asked));
      default:
        return command satisfies never;
    }
  };

const causeOf = ({ message, command }: CommandOfMessage): string =>
  `${command.does}\n${message.id}`;

/** Where something is said in the room: as answers are. */
const placeOf = ({ message, room }: CommandOfMessage) => ({
  room: message.room,
  thread: message.thread ?? (room.form === 'direct' ? undefined : message.id),
  since: message.at,
});

/** What was done and said is not done again: meanwhile there may be another dialogue. */
const inThread = async (
  parts: RoomsParts,
  asked: CommandOfMessage,
  act: () => Promise<string>,
): Promise<void> => {
  const place = { ...placeOf(asked), cause: causeOf(asked) };
  if (await wasReplied(parts, place)) return;
  await replyOnce(parts, { ...place, text: await act() });
};

/** Titles are what this person asked elsewhere: they are for nobody else in the room. */
const directly = async (
  parts: RoomsParts,
  asked: CommandOfMessage,
  says: CommandReplies,
): Promise<void> => {
  const { message } = asked;
  const room = await parts.chat.directRoomWith(message.author);
  const said =
    room === undefined
      ? 'refused'
      : await replyOnce(parts, {
          room,
          // Asked for in the direct room itself, it stands where it was asked for.
          thread: room === message.room ? message.thread : undefined,
          since: message.at,
          cause: causeOf(asked),
          text: await listed(parts, asked, says),
        });
  if (said !== 'refused') return;
  const cause = `${causeOf(asked)}\nrefused`;
  await replyOnce(parts, { ...placeOf(asked), cause, text: says.noDirectRoom });
};

const listed = async (
  { answering, askerOf, publicUrl }: RoomsParts,
  { message, command }: CommandOfMessage,
  { noneFound, noDialogues }: CommandReplies,
): Promise<string> => {
  const asker = await askerOf(message.author);
  const reader = { asker, principals: [asker] };
  const isSearch = command.does === 'search';
  const dialogues = isSearch
    ? await answering.findDialogues(reader, command.words, LISTED)
    : (await answering.listDialogues(reader, { limit: LISTED })).items;
  if (dialogues.length === 0) return isSearch ? noneFound : noDialogues;
  return dialogueListText({ dialogues, publicUrl, language: command.language });
};

const ownDialogue = async (
  { documents }: RoomsParts,
  { message, room }: CommandOfMessage,
): Promise<ThreadDialogue | undefined> => {
  const thread = await findThread(documents, threadIdOf(message, room));
  return thread?.dialogues.find(({ person }) => person === message.author);
};

const goneOrClosed: readonly Code[] = ['API_NOT_FOUND', 'ANSWERING_DIALOGUE_ARCHIVED'];

/** `false`: the dialogue is not there, or takes nothing any more. */
const changedOwn = async (
  parts: RoomsParts,
  asked: CommandOfMessage,
  change: (
    reader: { readonly asker: string; readonly principals: readonly string[] },
    conversation: string,
    doing: Awaited<ReturnType<typeof doingOf>>,
  ) => Promise<unknown>,
): Promise<boolean> => {
  const own = await ownDialogue(parts, asked);
  if (!own || own.over === 'another') return false;
  const asker = await parts.askerOf(asked.message.author);
  try {
    const doing = await doingOf(parts, asker, causeOf(asked));
    await change({ asker, principals: [asker] }, own.conversation, doing);
    return true;
  } catch (error) {
    const fault = asFault(error);
    if (!goneOrClosed.includes(fault.code)) throw fault;
    return false;
  }
};

const rename = async (
  parts: RoomsParts,
  asked: CommandOfMessage,
  title: string,
): Promise<string> => {
  const { answering } = parts;
  const isDone = await changedOwn(parts, asked, (reader, conversation, doing) =>
    answering.renameDialogue(reader, conversation, title, doing),
  );
  const { renamed, nothingHere } = commandReplies(asked.command.language);
  return isDone ? renamed : nothingHere;
};

const archive = async (parts: RoomsParts, asked: CommandOfMessage): Promise<string> => {
  const { archived, nothingHere } = commandReplies(asked.command.language);
  if (!(await changedOwn(parts, asked, parts.answering.archiveDialogue))) return nothingHere;
  await endOwn(parts, asked, 'archived');
  return archived;
};

const beginAnother = async (parts: RoomsParts, asked: CommandOfMessage): Promise<string> => {
  await endOwn(parts, asked, 'another');
  return commandReplies(asked.command.language).begins;
};

const endOwn = (
  { documents }: RoomsParts,
  { message, room }: CommandOfMessage,
  over: 'archived' | 'another',
): Promise<void> =>
  endDialogue(documents, threadIdOf(message, room), { person: message.author, over });
