import type { RoomsParts } from '../rooms-parts.js';
import { storedAs } from '../stored/changed-document.js';
import { isDue } from './hear-messages.js';
import { questionShape, roomQuestions, type RoomQuestion } from './room-question.js';

/** Who was not heard of for so long is taken for dead. */
export const CLAIM_MS = 30_000;
/** No call to the chat takes longer, from the moment that it is made until the chat has done it. */
const LONGEST_CALL_MS = 15_000;
const RENEW_MS = 5_000;

export type QuestionChange = (now: RoomQuestion) => Partial<RoomQuestion>;
export type LastQuestionChange = (
  now: RoomQuestion,
) => Partial<RoomQuestion> & Pick<RoomQuestion, 'dueAt'>;

type HoldingParts = Pick<RoomsParts, 'clock' | 'documents' | 'holder' | 'sleep'>;

interface KeptQuestion {
  readonly question: RoomQuestion;
  readonly version: number;
}

const readKept = async (
  { documents }: Pick<RoomsParts, 'documents'>,
  message: string,
): Promise<KeptQuestion | undefined> => {
  const [found] = await documents.get(roomQuestions, [message]);
  return found && { question: found.body as unknown as RoomQuestion, version: found.version };
};

/** Claims a question for this process. `undefined`: there is nothing to do, or another process does it. */
export const holdQuestion = async (
  parts: HoldingParts,
  message: string,
): Promise<HeldQuestion | undefined> => {
  const kept = await readKept(parts, message);
  const now = parts.clock.now();
  if (!kept || !isDue(kept.question, now)) return undefined;
  const claim = { by: parts.holder, until: now + CLAIM_MS, number: kept.version };
  const counted = kept.question.attempts + (kept.question.state === 'open' ? 1 : 0);
  const question = { ...kept.question, claim, attempts: counted, dueAt: claim.until };
  const document = storedAs(questionShape, message, question);
  const { swapped, version } = await parts.documents.swap(roomQuestions, document, kept.version);
  return swapped ? new HeldQuestion(parts, { question, version }, claim.number) : undefined;
};

/** Work at one thing that a question asks: as soon as it asks another, nothing of it is noted any more. */
export interface QuestionStep {
  readonly question: RoomQuestion;
  /** Aborted when the work makes no sense any more, or when the process ends. */
  readonly overtaken: AbortSignal;
  /** Renews the claim too. `false`: the work makes no sense any more. */
  note(change: QuestionChange): Promise<boolean>;
  /** Notes it and lets the question go, to be looked at again at `dueAt`. */
  settle(change: LastQuestionChange): Promise<boolean>;
  /** Sees what others noted. */
  refresh(): Promise<void>;
  /** Whether a call to the chat that begins now is over before anybody else may begin one. */
  hasTimeForCall(): boolean;
}

/**
 * A question while this process has it. A note is a swap of its document: it fails when another process has taken the
 * question, or when the question became another. Nothing is written to the chat but right after a note.
 */
export class HeldQuestion {
  #kept: KeptQuestion;
  #begun: RoomQuestion;
  #isOurs = true;
  #overtaken = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly parts: HoldingParts,
    kept: KeptQuestion,
    private readonly claim: number,
  ) {
    this.#kept = kept;
    this.#begun = kept.question;
  }

  /** Nobody else has it, and it was not let go. */
  get isOurs(): boolean {
    return this.#isOurs;
  }

  /** Work at what it asks now. What was begun before is over. */
  begin(ended: AbortSignal): QuestionStep {
    this.#overtaken.abort();
    const overtaken = new AbortController();
    this.#overtaken = overtaken;
    this.#begun = this.#kept.question;
    const note = (change: QuestionChange, keeps: boolean) =>
      this.#inTurn(() => (overtaken.signal.aborted ? false : this.#note(change, keeps)));
    const questionNow = () => this.#kept.question;
    return {
      get question() {
        return questionNow();
      },
      overtaken: AbortSignal.any([overtaken.signal, ended]),
      note: (change) => note(change, true),
      settle: (change) => note(change, false),
      refresh: () => this.#inTurn(() => this.#read()),
      hasTimeForCall: () => this.#hasTimeForCall() && !overtaken.signal.aborted,
    };
  }

  /** Lets it go, and nobody knows what it asks by now. */
  async letGo(change: LastQuestionChange): Promise<void> {
    await this.#inTurn(async () => {
      do this.#begun = this.#kept.question;
      while (!(await this.#note(change, false)) && this.#isOurs);
    });
  }

  /** Renews the claim until it is let go. */
  async keepAlive(ended: AbortSignal): Promise<void> {
    while (!ended.aborted && this.#isOurs) {
      await this.parts.sleep(RENEW_MS, ended);
      // Where it cannot be renewed now, the next time may still be soon enough.
      if (!ended.aborted) await this.#inTurn(() => this.#note(() => ({}), true)).catch(() => false);
    }
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #note(change: QuestionChange, keeps: boolean): Promise<boolean> {
    while (this.#isOurs && this.#asksAsBegun()) {
      const { question, version } = this.#kept;
      const next = this.#changed(change(question), keeps);
      const document = storedAs(questionShape, question.message, next);
      const swap = await this.parts.documents.swap(roomQuestions, document, version);
      if (swap.swapped) {
        this.#kept = { question: next, version: swap.version };
        if (!keeps) this.#lose();
        return true;
      }
      await this.#read();
    }
    return false;
  }

  #changed(change: Partial<RoomQuestion>, keeps: boolean): RoomQuestion {
    const { claim, ...free } = this.#kept.question;
    if (!keeps || !claim) return { ...free, ...change };
    const until = this.parts.clock.now() + CLAIM_MS;
    return { ...free, ...change, claim: { ...claim, until }, dueAt: until };
  }

  async #read(): Promise<void> {
    const kept = await readKept(this.parts, this.#kept.question.message);
    if (kept?.question.claim?.number !== this.claim) return this.#lose();
    if (kept) this.#kept = kept;
    if (!this.#asksAsBegun()) this.#overtaken.abort();
  }

  #asksAsBegun(): boolean {
    const { revision, state } = this.#kept.question;
    return revision === this.#begun.revision && state === this.#begun.state;
  }

  #hasTimeForCall(): boolean {
    const { until = 0 } = this.#kept.question.claim ?? {};
    return this.#isOurs && this.parts.clock.now() + LONGEST_CALL_MS <= until;
  }

  #lose(): void {
    this.#isOurs = false;
    this.#overtaken.abort();
  }
}
