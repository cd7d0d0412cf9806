import type { ChatThing } from '#libs/testing';

import { BOT, staffMember } from '../../rooms/staff-chat.js';
import type { NotedInRooms, NotedQuestion } from './noted-questions.js';
import { WHY, type AskedQuestion, type RoomAskers } from './room-askers.js';
import { askedHomes } from './room-homes.js';
import { textAt, type TroubledChat } from './troubled-chat.js';

/** A message that our account wrote, however often it did. */
interface Writing {
  times: number;
  readonly room: string;
  readonly thread: string | undefined;
}

export interface RoomCounts {
  readonly asked: number;
  /** With what the last text of the question asks for. */
  readonly answered: number;
  readonly apologies: number;
  readonly withdrawn: number;
  readonly moderated: number;
  readonly votes: number;
  readonly lists: number;
}

const MOST_EDITS = 10;
const UNFINISHED = '⏳';
const WITHDRAWN = 'This answer is withdrawn: its question was';
const SORRY = /^(?:Sorry, |There is no answer now: )/u;
/** An extract shows what comes closest, which may be about other homes too. */
const EXTRACT = /passages (?:that )?fit best|sources come closest/u;

/** Compares what stands in the chat with what was asked, and with what is noted. */
export class RoomVerdict {
  readonly #writings = new Map<string, Writing>();

  constructor(
    private readonly chat: TroubledChat,
    private readonly askers: RoomAskers,
  ) {
    const there = new Set<string>();
    chat.fake.state.messages.follow((_collection, id, message) => {
      if (!message) return void there.delete(id);
      if (authorOf(message) !== BOT.id || message['parent'] !== undefined) return;
      if (!there.has(id)) this.#count(id, message);
      there.add(id);
    });
  }

  #count(id: string, message: ChatThing): void {
    const [room, thread] = [textAt(message, 'rid'), textAt(message, 'tmid') || undefined];
    const known = this.#writings.get(id) ?? { times: 0, room, thread };
    known.times += 1;
    this.#writings.set(id, known);
  }

  /** What somebody still has to do. */
  unsettled({ questions, votes }: NotedInRooms): readonly string[] {
    const noted = new Map(questions.map((one) => [one.message, one]));
    const due = questions.filter(
      ({ claim, dueAt }) => claim !== undefined || dueAt !== Number.MAX_SAFE_INTEGER,
    );
    const unheard = this.askers.questions.filter(
      (asked) => !this.#isHeard(asked, noted.get(asked.id)),
    );
    const untold = this.askers.questions.filter(({ id }) => {
      const { answer = '', state } = noted.get(id) ?? {};
      if (state !== 'answered' && state !== 'gave_up') return false;
      if (!this.#standing(answer)) return false;
      return !isSame(votes.get(answer) ?? {}, this.#votesOn(answer));
    });
    const lists = this.askers.lists.length - this.#replies(noted).lists.length;
    return [
      ...due.map((one) => `${one.message} is due or claimed: ${JSON.stringify(one)}`),
      ...unheard.map((one) => `not heard: ${said(one, noted.get(one.id))}`),
      ...untold.map((one) => `votes are not told: ${said(one, noted.get(one.id))}`),
      ...(lists > 0 ? [`${lists} lists are missing`] : []),
    ];
  }

  #isHeard(asked: AskedQuestion, noted: NotedQuestion | undefined): boolean {
    if (asked.isDeleted || !asked.home)
      return noted === undefined || !['open', 'answered', 'gave_up'].includes(noted.state);
    const edited = textAt(this.#message(asked.id), 'editedAt');
    return noted?.revision === (edited === '' ? 0 : Date.parse(edited));
  }

  /** Everything that is not as it should be, now that all is settled. */
  faults({ questions }: NotedInRooms): readonly string[] {
    const noted = new Map(questions.map((one) => [one.message, one]));
    const { others, lists } = this.#replies(noted);
    return [
      ...this.askers.questions.flatMap((asked) =>
        this.#faultsOf(asked, noted.get(asked.id)).map(
          (fault) => `${fault}: ${said(asked, noted.get(asked.id))}`,
        ),
      ),
      ...others.map(([id, where]) => `nobody asked for ${id} ${JSON.stringify(where)}`),
      ...this.#listFaults(lists),
      ...[...this.#writings].flatMap(([id, { times }]) =>
        times > 1 ? [`${id} was written ${times} times`] : [],
      ),
      ...this.chat.fake.sent.flatMap(({ id, mentions }) =>
        mentions.length > 0 ? [`${id} mentions ${mentions.join()}`] : [],
      ),
    ];
  }

  counts({ questions }: NotedInRooms): RoomCounts {
    const noted = new Map(questions.map((one) => [one.message, one]));
    const texts = this.askers.questions.map((asked) => ({
      asked,
      text: textAt(this.#standing(noted.get(asked.id)?.answer), 'msg'),
    }));
    const count = (fits: (one: (typeof texts)[number]) => boolean) => texts.filter(fits).length;
    return {
      asked: texts.length,
      answered: count(({ asked, text }) => !!asked.home && text.includes(asked.home.word)),
      apologies: count(({ text }) => SORRY.test(text)),
      withdrawn: count(({ text }) => text.startsWith(WITHDRAWN)),
      moderated: count(({ asked }) => asked.isModerated),
      votes: count(
        ({ asked }) => Object.keys(this.#votesOn(noted.get(asked.id)?.answer ?? '')).length > 0,
      ),
      lists: this.askers.lists.length,
    };
  }

  /** What people say of an answer that stands there, by the question of its dialogue. */
  standingVotes({ questions }: NotedInRooms): ReadonlyMap<string, readonly string[]> {
    return new Map(
      questions.flatMap(({ question, answer }) => {
        const votes = this.#standing(answer) ? Object.values(this.#votesOn(answer)) : [];
        return question === undefined || votes.length === 0 ? [] : [[question, votes.sort()]];
      }),
    );
  }

  #faultsOf(asked: AskedQuestion, noted: NotedQuestion | undefined): readonly string[] {
    const written = this.#writings.get(noted?.answer ?? '');
    const lives = !asked.isDeleted && asked.home !== undefined;
    if (!written) return lives ? ['it has no answer'] : [];
    const faults: string[] = [];
    const thread = asked.thread ?? (asked.isDirect ? undefined : asked.id);
    if (written.room !== asked.room || written.thread !== thread)
      faults.push(`its answer stands elsewhere`);
    const updates = this.chat.fake.sent.filter(
      ({ call, id, status }) => call === 'chat.update' && id === noted?.answer && status === 200,
    );
    if (updates.length > MOST_EDITS * (asked.edits + 1 + Number(asked.isDeleted)))
      faults.push(`its answer was changed ${updates.length} times`);
    const standing = this.#standing(noted?.answer);
    if (standing) faults.push(...this.#textFaults(asked, textAt(standing, 'msg')));
    if (asked.isModerated !== (standing === undefined))
      faults.push(asked.isModerated ? 'its answer came back' : 'its answer is gone');
    return faults;
  }

  #textFaults({ home, isDeleted }: AskedQuestion, text: string): readonly string[] {
    if (text.includes(UNFINISHED)) return [`its answer is not finished: ${begun(text)}`];
    if (isDeleted || !home)
      return text.startsWith(WITHDRAWN) ? [] : [`its answer is not withdrawn: ${begun(text)}`];
    const words = askedHomes.filter(({ word }) => text.includes(word)).map(({ word }) => word);
    const isOfOther = words.some((word) => word !== home.word);
    if (words.length === 0 ? SORRY.test(text) : words.includes(home.word))
      return isOfOther && !EXTRACT.test(text) ? [`its answer says more: ${begun(text)}`] : [];
    return [`its answer does not fit: ${begun(text)}`];
  }

  /** What we wrote that answers no question. */
  #replies(noted: ReadonlyMap<string, NotedQuestion>) {
    const answers = new Map([...noted.values()].map((one) => [one.answer, one]));
    const lists: [string, Writing][] = [];
    const others: [string, Writing][] = [];
    for (const [id, writing] of this.#writings) {
      if (answers.has(id)) continue;
      const { state } = this.chat.fake;
      const message = state.messages.get(id) ?? state.trash.get(id);
      const isWhy = textAt(message, 'msg').startsWith(WHY) && this.#isRated(writing.thread);
      if (state.rooms.get(writing.room)?.['t'] === 'd') lists.push([id, writing]);
      else if (!isWhy) others.push([id, writing]);
    }
    return { lists, others };
  }

  #isRated(thread: string | undefined): boolean {
    return this.askers.questions.some(({ id, fate }) => id === thread && fate === 'rated');
  }

  #listFaults(lists: readonly (readonly [string, Writing])[]): readonly string[] {
    const { state } = this.chat.fake;
    return Array.from({ length: this.chat.people }, (_, person) => person).flatMap((person) => {
      const asked = this.askers.lists.filter((one) => one.person === person).length;
      const given = lists.filter(([, { room }]) =>
        (state.rooms.get(room)?.['uids'] as string[]).includes(staffMember(person)),
      ).length;
      return asked === given ? [] : [`${staffMember(person)} has ${given} lists of ${asked}`];
    });
  }

  #message(id: string | undefined): ChatThing | undefined {
    return id === undefined ? undefined : this.chat.fake.state.messages.get(id);
  }

  /** As people see it. */
  #standing(id: string | undefined): ChatThing | undefined {
    const message = this.#message(id);
    return message?.['t'] === 'rm' || message?.['_hidden'] === true ? undefined : message;
  }

  #votesOn(answer: string): Readonly<Record<string, string>> {
    const reactions = (this.#message(answer)?.['reactions'] ?? {}) as Readonly<
      Record<string, { readonly usernames: readonly string[] }>
    >;
    const votes: Record<string, string> = {};
    for (const [emoji, vote] of [
      [':+1:', 'up'],
      [':-1:', 'down'],
    ] as const)
      for (const name of reactions[emoji]?.usernames ?? [])
        votes[textAt(this.chat.fake.state.userNamed(name), '_id')] = vote;
    return votes;
  }
}

const SHOWN = 160;
const begun = (text: string): string => text.slice(0, SHOWN);

const authorOf = ({ u }: ChatThing): string => (u as { readonly _id: string })._id;

const isSame = (
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): boolean =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].every(
    (key) => one[key] === other[key],
  );

const said = (asked: AskedQuestion, noted: NotedQuestion | undefined): string =>
  `${JSON.stringify(asked)} noted as ${JSON.stringify(noted)}`;
