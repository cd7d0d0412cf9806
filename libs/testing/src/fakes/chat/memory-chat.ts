import { fault, type Clock } from '#libs/kernel';
import {
  refuseUnfitText,
  type ChangeOutcome,
  type Chat,
  type ChatAccount,
  type ChatExamination,
  type ChatExaminer,
  type ChatObstacle,
  type NewChatMessage,
  type PostOutcome,
  type RoomMessage,
  type TalkRoom,
} from '#libs/ports/chat';

import { MemoryTalk, type MemoryTalkRoom, type WrittenMessage } from './memory-talk.js';

export type ChatCallName = keyof Chat;

/** What we wrote, in order. */
export interface ChatJournalEntry {
  readonly did: 'posted' | 'changed';
  readonly id: string;
  readonly room: string;
  readonly thread?: string;
  readonly text: string;
  readonly at: number;
}

export type ChatHook = (call: ChatCallName, id: string) => void | Promise<void>;

/**
 * A chat that a test fills, changes and takes away. What a test does is done at once and by anybody. What the port does
 * is done as our own account: it reads open channels, and closed rooms that it is in.
 */
export class MemoryChat implements Chat, ChatExaminer {
  readonly journal: ChatJournalEntry[] = [];
  /** Every call, by its name. */
  readonly calls: ChatCallName[] = [];
  /** Runs before a call does its work: it may hold the call up, or throw in its place. */
  before: ChatHook | undefined;
  /** Runs when the work is done and nobody was answered yet. */
  after: ChatHook | undefined;
  isAway = false;
  refusesUs = false;
  /** In ms: it asks everybody to wait for so long. */
  asksToWait: number | undefined;
  obstacles: readonly ChatObstacle[] = [];
  readonly #talk = new MemoryTalk();
  readonly #lost: ChatCallName[] = [];
  readonly #own: ChatAccount;
  #next = 1;

  constructor(
    private readonly clock: Clock,
    own: ChatAccount = { id: 'our-account', userName: 'innkeeper' },
  ) {
    this.#own = own;
    this.#talk.accounts.set(own.id, { ...own, isMachine: false });
  }

  /** A room, closed where no form is given; we are in it unless `members` are named. In a direct room are its people. */
  addRoom(room: MemoryTalkRoom): void {
    const { id } = this.#own;
    const members = room.members ?? (room.form === 'direct' ? [] : [id]);
    this.#talk.addRoom({ ...room, members });
  }

  addAccount(id: string, userName = id, isMachine = false): void {
    this.#talk.accounts.set(id, { id, userName, isMachine });
  }

  removeAccount(id: string): void {
    this.#talk.accounts.delete(id);
  }

  removeRoom(id: string): void {
    this.#talk.rooms.delete(id);
  }

  setReadOnly(room: string, isReadOnly: boolean): void {
    this.#room(room).isReadOnly = isReadOnly;
  }

  join(room: string, person = this.#own.id): void {
    this.#talk.account(person);
    this.#room(room).members.add(person);
  }

  leave(room: string, person = this.#own.id): void {
    this.#room(room).members.delete(person);
  }

  membersOf(room: string): readonly string[] {
    return [...this.#room(room).members];
  }

  /** Somebody writes; answers the id. */
  write(message: WrittenMessage): string {
    const { id = `m${this.#next++}`, at = this.clock.now(), quoting } = message;
    this.#room(message.room);
    const quote = quoting === undefined ? '' : `[ ](https://chat.example/group/x?msg=${quoting}) `;
    this.#talk.add({ ...message, id, at, text: `${quote}${message.text}` });
    return id;
  }

  /** By its author where nobody is named. */
  edit(id: string, text: string, by = this.#talk.standing(id)?.author ?? ''): void {
    this.#talk.edit(id, text, by, this.clock.now());
  }

  /** `trace`: the chat keeps a note in its place, so that its id stays taken. */
  remove(id: string, leaves: 'nothing' | 'trace' = 'nothing'): void {
    this.#talk.remove(id, this.clock.now(), leaves === 'trace');
  }

  react(id: string, name: string, person: string): void {
    this.#talk.account(person);
    const reactions = this.#talk.reactions.get(id) ?? new Map<string, Set<string>>();
    this.#talk.reactions.set(
      id,
      reactions.set(name, (reactions.get(name) ?? new Set()).add(person)),
    );
  }

  unreact(id: string, name: string, person: string): void {
    this.#talk.reactions.get(id)?.get(name)?.delete(person);
  }

  /** The next such call does its work, and nobody hears of it. */
  loseAnswer(call: ChatCallName): void {
    this.#lost.push(call);
  }

  /** What everybody sees in a room, in order. */
  messagesIn(room: string): readonly RoomMessage[] {
    const all = [...this.#talk.messages.values()].filter(({ id }) => this.#talk.standing(id));
    return all.filter((each) => each.room === room).map((each) => this.#talk.shown(each));
  }

  textOf(id: string): string | undefined {
    return this.#talk.standing(id)?.text;
  }

  self(): Promise<ChatAccount> {
    return this.#call('self', '', () => this.#own);
  }

  message(id: string): Promise<RoomMessage | undefined> {
    return this.#call('message', id, () => {
      const message = this.#talk.standing(id);
      return message && this.#sees(message.room) ? this.#talk.shown(message) : undefined;
    });
  }

  room(id: string): Promise<TalkRoom | undefined> {
    return this.#call('room', id, () => {
      const room = this.#sees(id) ? this.#room(id) : undefined;
      if (!room) return undefined;
      const { form, isEncrypted, optsOut, people } = room;
      return { id, form, isEncrypted, optsOut, people };
    });
  }

  wasRemoved(id: string, room: string, since: number): Promise<boolean> {
    return this.#call('wasRemoved', id, () => {
      if (!this.#sees(room)) return true;
      const removed = this.#talk.removed.filter((each) => each.id === id && each.room === room);
      return this.#talk.messages.get(id)?.isTrace === true || removed.some(({ at }) => at >= since);
    });
  }

  async post(message: NewChatMessage): Promise<PostOutcome> {
    refuseUnfitText(message.text);
    return this.#call('post', message.id, () => {
      if (!this.#sees(message.room)) return 'refused';
      if (this.#talk.messages.has(message.id)) return 'there';
      if (this.#room(message.room).isReadOnly) return 'refused';
      const at = this.clock.now();
      const text = message.text.trim();
      this.#talk.add({ ...message, text, author: this.#own.id, at });
      this.journal.push({ did: 'posted', ...message, at });
      return 'posted';
    });
  }

  async change(message: Pick<NewChatMessage, 'id' | 'room' | 'text'>): Promise<ChangeOutcome> {
    refuseUnfitText(message.text);
    return this.#call('change', message.id, () => {
      const { id, room } = message;
      const text = message.text.trim();
      const standing = this.#talk.standing(id);
      if (standing?.room !== room) return 'gone';
      const isOurs = standing.author === this.#own.id;
      if (!isOurs || !this.#sees(room) || this.#room(room).isReadOnly) return 'refused';
      const at = this.clock.now();
      if (standing.text !== text) this.#talk.edit(id, text, this.#own.id, at);
      this.journal.push({ did: 'changed', id, room, text, at });
      return 'changed';
    });
  }

  directRoomWith(person: string): Promise<string | undefined> {
    return this.#call('directRoomWith', person, () => {
      const own = this.#own.id;
      if (person === own || !this.#talk.accounts.has(person)) return undefined;
      const people = [own, person].sort();
      const found = [...this.#talk.rooms.values()].find(
        (room) => room.form === 'direct' && [...room.people].sort().join() === people.join(),
      );
      const id = found?.id ?? people.join('+');
      if (!found) this.addRoom({ id, form: 'direct', people });
      return id;
    });
  }

  async examine(): Promise<ChatExamination> {
    this.#reach();
    return { obstacles: this.obstacles, well: ['The chat answers.'] };
  }

  async #call<T>(name: ChatCallName, id: string, work: () => T): Promise<T> {
    this.calls.push(name);
    await this.before?.(name, id);
    this.#reach();
    const answer = work();
    await this.after?.(name, id);
    const lost = this.#lost.indexOf(name);
    if (lost < 0) return answer;
    this.#lost.splice(lost, 1);
    throw fault('CHAT_UNAVAILABLE');
  }

  #reach(): void {
    if (this.refusesUs) throw fault('CHAT_CREDENTIALS_REFUSED');
    const retryAfterMs = this.asksToWait;
    if (this.isAway || retryAfterMs !== undefined)
      throw fault('CHAT_UNAVAILABLE', { retryAfterMs });
  }

  #room(id: string) {
    const room = this.#talk.rooms.get(id);
    if (!room) throw new Error(`no room ${id}`);
    return room;
  }

  #sees(id: string): boolean {
    const room = this.#talk.rooms.get(id);
    return room !== undefined && (room.form === 'channel' || room.members.has(this.#own.id));
  }
}
