import type { ChatAccount, RoomMessage, TalkRoom } from '#libs/ports/chat';
import { withoutQuotes } from '#libs/ports/chat';

/** What somebody writes. An account that is not known yet is made, with its id as user name. */
export interface WrittenMessage {
  readonly id?: string;
  readonly room: string;
  readonly author: string;
  readonly text: string;
  readonly thread?: string;
  /** The message that it quotes, as the chat's own page does it: by a link before the text. */
  readonly quoting?: string;
  /** Now where it is missing. */
  readonly at?: number;
  /** By an integration or an app, in the name of the author. */
  readonly isByMachine?: boolean;
}

export interface MemoryTalkRoom extends Partial<Omit<TalkRoom, 'id'>> {
  readonly id: string;
  /** Who is in it, besides the people of a direct room. */
  readonly members?: readonly string[];
  readonly isReadOnly?: boolean;
}

interface KeptMessage extends WrittenMessage {
  readonly id: string;
  readonly at: number;
  readonly editedAt?: number;
  readonly editedBy?: string;
  /** Somebody deleted it, and its id stays taken. */
  readonly isTrace?: true;
}

interface KeptRoom extends TalkRoom {
  readonly members: Set<string>;
  isReadOnly: boolean;
}

interface KeptAccount extends ChatAccount {
  readonly isMachine: boolean;
}

const MENTION = /@([\p{L}\p{N}_][\p{L}\p{N}_.-]*)/gu;

/** Everything that a chat holds, without anybody's point of view. */
export class MemoryTalk {
  readonly accounts = new Map<string, KeptAccount>();
  readonly rooms = new Map<string, KeptRoom>();
  readonly messages = new Map<string, KeptMessage>();
  readonly reactions = new Map<string, Map<string, Set<string>>>();
  /** Ids of messages that were taken away, with their rooms. */
  readonly removed: { readonly id: string; readonly room: string; readonly at: number }[] = [];

  account(id: string): KeptAccount {
    const known = this.accounts.get(id) ?? { id, userName: id, isMachine: false };
    this.accounts.set(id, known);
    return known;
  }

  addRoom({ members = [], isReadOnly = false, people = [], ...room }: MemoryTalkRoom): void {
    const all = [...people, ...members];
    for (const each of all) this.account(each);
    const kept = { form: 'group', isEncrypted: false, optsOut: false, people, isReadOnly } as const;
    this.rooms.set(room.id, { ...kept, ...room, members: new Set(all) });
  }

  add(message: KeptMessage): void {
    this.account(message.author);
    const root = message.thread === undefined ? undefined : this.messages.get(message.thread);
    // There are no threads in threads.
    const thread = root?.thread ?? message.thread;
    this.messages.set(message.id, { ...message, ...(thread !== undefined && { thread }) });
  }

  edit(id: string, text: string, by: string, at: number): void {
    const message = this.standing(id);
    if (!message) throw new Error(`no message ${id}`);
    this.messages.set(id, { ...message, text, editedAt: at, editedBy: by });
  }

  remove(id: string, at: number, leavesTrace: boolean): void {
    const message = this.standing(id);
    if (!message) throw new Error(`no message ${id}`);
    this.removed.push({ id, room: message.room, at });
    this.reactions.delete(id);
    if (leavesTrace) this.messages.set(id, { ...message, text: '', isTrace: true });
    else this.messages.delete(id);
  }

  standing(id: string): KeptMessage | undefined {
    const message = this.messages.get(id);
    return message?.isTrace || !this.rooms.has(message?.room ?? '') ? undefined : message;
  }

  shown(message: KeptMessage): RoomMessage {
    const { id, room, thread, author, text, at, editedAt, editedBy } = message;
    const { userName, isMachine } = this.accounts.get(author) ?? this.#gone(author);
    return {
      ...{ id, room, author, authorUserName: userName, at, text: withoutQuotes(text) },
      ...(thread !== undefined && { thread }),
      ...(editedAt !== undefined && { editedAt, editedBy }),
      isByMachine: message.isByMachine ?? isMachine,
      mentions: this.#mentionedIn(text),
      reactions: this.#reactionsTo(id),
    };
  }

  #gone(id: string): KeptAccount {
    return { id, userName: id, isMachine: false };
  }

  #mentionedIn(text: string): readonly string[] {
    const names = [...text.matchAll(MENTION)].map(([, name = '']) => name.replace(/[.-]+$/, ''));
    const all = [...this.accounts.values()];
    const ids = names.flatMap((name) => all.find(({ userName }) => userName === name)?.id ?? []);
    return [...new Set(ids)];
  }

  #reactionsTo(id: string): RoomMessage['reactions'] {
    return [...(this.reactions.get(id) ?? [])]
      .map(([name, people]) => ({
        name,
        people: [...people].filter((each) => this.accounts.has(each)),
      }))
      .filter(({ people }) => people.length > 0);
  }
}
