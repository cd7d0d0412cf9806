import { setTimeout as delay } from 'node:timers/promises';

import type { ChatThing } from '#libs/testing';

import { BOT, OPEN_ROOM, STAFF_ROOM, staffMember } from '../../rooms/staff-chat.js';
import { askedHomes, keyQuestion, type AskedHome } from './room-homes.js';
import { QUIET_ROOM, textAt, type TroubledChat } from './troubled-chat.js';

/** What happens to a question: it is drawn when it is asked, and nothing else happens to it. */
const fates = ['stays', 'stays', 'edited', 'edited', 'deleted', 'silenced', 'moderated', 'rated'];

export interface AskedQuestion {
  readonly id: string;
  readonly room: string;
  readonly isDirect: boolean;
  /** The thread in which it was asked. */
  readonly thread?: string;
  readonly person: number;
  readonly fate: string;
  readonly askedAt: number;
  /** `undefined`: its last text asks nothing. */
  home: AskedHome | undefined;
  edits: number;
  isDeleted: boolean;
  /** A moderator took its answer away. */
  isModerated: boolean;
}

const ASKERS = 5;
const RATERS = [ASKERS, ASKERS + 1];
export const ROOM_PEOPLE = ASKERS + RATERS.length;
const PAUSE_MS = 1_500;
const MOST_EDITS = 4;
const MOST_WAITING = 3;
/** Which message answers is not seen in a room without threads. */
const UNSEEN_MS = 40_000;
export const WHY = 'Sorry that this did not help.';

/** People who ask, change their minds, rate and clean up. */
export class RoomAskers {
  readonly questions: AskedQuestion[] = [];
  /** Who asked for their dialogues, in a room. */
  readonly lists: { readonly id: string; readonly person: number }[] = [];
  #lanes: Promise<unknown>[] = [];
  #isAsking = false;

  constructor(
    private readonly chat: TroubledChat,
    private readonly random: () => number,
  ) {}

  start(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#lanes = Array.from({ length: ASKERS }, async (_, person) => {
      while (this.#isAsking) {
        await delay(this.random() * 2 * PAUSE_MS);
        this.once(person);
      }
    });
  }

  async stop(): Promise<void> {
    this.#isAsking = false;
    await Promise.all(this.#lanes.splice(0));
  }

  /** One person does one thing. */
  once(person: number): void {
    const draw = this.random();
    if (draw < 0.4) this.#ask(person);
    else if (draw < 0.58) this.#edit(person);
    else if (draw < 0.66) this.#delete(person);
    else if (draw < 0.7) this.#silence(person);
    else if (draw < 0.82) this.#rate();
    else if (draw < 0.9) this.#moderate();
    else if (draw < 0.95) this.#follow(person);
    else if (draw < 0.97) this.#list(person);
    else this.#chatter(person);
  }

  /** The first answer of ours below a message. */
  answerTo(id: string): ChatThing | undefined {
    const found = this.chat.staff.answersTo(id) as readonly ChatThing[];
    return found.find((one) => one['t'] !== 'rm' && !textAt(one, 'msg').startsWith(WHY));
  }

  #any<T>(all: readonly T[]): T | undefined {
    return all[Math.floor(this.random() * all.length)];
  }

  #own(person: number, fate: string): AskedQuestion | undefined {
    return this.#any(
      this.questions.filter((one) => one.person === person && one.fate === fate && !one.isDeleted),
    );
  }

  #write(person: number, message: ChatThing): string {
    return textAt(this.chat.fake.writer.send(staffMember(person), message), '_id');
  }

  #words(isDirect: boolean, home: AskedHome): string {
    if (isDirect) return keyQuestion(home);
    return `${this.random() < 0.75 ? '!ask' : `@${BOT.userName}`} ${keyQuestion(home)}`;
  }

  /** Nobody asks more and more while no answer comes. */
  #waits(question: AskedQuestion): boolean {
    if (question.isDeleted || question.isModerated || !question.home) return false;
    if (question.isDirect) return Date.now() - question.askedAt < UNSEEN_MS;
    const answer = this.answerTo(question.id);
    return !answer || textAt(answer, 'msg').includes('⏳');
  }

  #ask(person: number): void {
    const waiting = this.questions.filter((one) => one.person === person && this.#waits(one));
    if (waiting.length >= MOST_WAITING) return;
    const home = this.#any(askedHomes);
    const isDirect = this.random() < 0.25;
    const [direct = ''] = [...this.chat.fake.state.rooms.values()]
      .filter(({ t, uids }) => t === 'd' && (uids as string[]).includes(staffMember(person)))
      .map((one) => textAt(one, '_id'));
    const room = isDirect ? direct : this.#any([STAFF_ROOM, OPEN_ROOM, QUIET_ROOM]);
    if (!home || room === undefined) return;
    const usual = this.#any(fates) ?? 'stays';
    const fate = isDirect && !['stays', 'edited', 'deleted'].includes(usual) ? 'stays' : usual;
    this.#asked({ room, isDirect, person, fate, home });
  }

  #asked(
    asked: Pick<AskedQuestion, 'fate' | 'isDirect' | 'person' | 'room' | 'thread'> & {
      readonly home: AskedHome;
    },
    words = this.#words(asked.isDirect, asked.home),
  ): void {
    const { room: rid, thread: tmid, person } = asked;
    const id = this.#write(person, { rid, msg: words, ...(tmid !== undefined && { tmid }) });
    this.questions.push({
      ...{ ...asked, id, askedAt: Date.now() },
      ...{ edits: 0, isDeleted: false, isModerated: false },
    });
  }

  #edit(person: number): void {
    const question = this.#own(person, 'edited');
    const home = this.#any(askedHomes.filter((one) => one !== question?.home));
    if (!question || !home || question.edits >= MOST_EDITS) return;
    this.#change(question, this.#words(question.isDirect, home));
    question.home = home;
    question.edits += 1;
  }

  #change({ id, room, person }: AskedQuestion, text: string): void {
    this.chat.fake.writer.edit(staffMember(person), { id, rid: room }, { text });
  }

  #silence(person: number): void {
    const question = this.#own(person, 'silenced');
    if (!question?.home) return;
    this.#change(question, 'Never mind, it is here.');
    question.home = undefined;
    question.edits += 1;
  }

  /** Where deleted messages are only hidden, the API says nothing of one that begins no thread. */
  #delete(person: number): void {
    const { state, writer } = this.chat.fake;
    const question = this.#own(person, 'deleted');
    if (!question) return;
    const isRoot = Number(state.messages.get(question.id)?.['tcount'] ?? 0) > 0;
    const hides =
      state.setting('Message_KeepHistory') === true &&
      state.setting('Message_ShowDeletedStatus') !== true;
    if (hides && !isRoot) return;
    writer.takeAway(question.id, staffMember(person));
    question.isDeleted = true;
  }

  #rate(): void {
    const question = this.#any(this.questions.filter(({ fate }) => fate === 'rated'));
    const answer = question && this.answerTo(question.id);
    const rater = this.#any(RATERS);
    if (!answer || rater === undefined) return;
    const emoji = this.random() < 0.7 ? '+1' : '-1';
    this.chat.fake.writer.react(staffMember(rater), textAt(answer, '_id'), emoji);
  }

  #moderate(): void {
    const question = this.#any(
      this.questions.filter(({ fate, isModerated }) => fate === 'moderated' && !isModerated),
    );
    const answer = question && this.answerTo(question.id);
    if (!answer) return;
    this.chat.fake.writer.takeAway(textAt(answer, '_id'), staffMember(0));
    question.isModerated = true;
  }

  /** In the thread of an answer, to which nobody has to be named any more. */
  #follow(person: number): void {
    const question = this.#own(person, 'stays');
    const home = this.#any(askedHomes);
    if (!question || question.isDirect || question.thread !== undefined || !home) return;
    if (!textAt(this.answerTo(question.id), 'msg').includes('Sources')) return;
    this.#asked(
      { room: question.room, isDirect: false, thread: question.id, person, fate: 'stays', home },
      `And: ${keyQuestion(home)}`,
    );
  }

  #list(person: number): void {
    this.lists.push({ person, id: this.#write(person, { rid: STAFF_ROOM, msg: '!ask list' }) });
  }

  #chatter(person: number): void {
    const room = this.#any([STAFF_ROOM, OPEN_ROOM, QUIET_ROOM]) ?? STAFF_ROOM;
    this.#write(person, { rid: room, msg: 'The kettle is on again, come over.' });
  }
}
