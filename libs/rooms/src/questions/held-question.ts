import type { RoomsParts } from '../rooms-parts.js';
import { storedAs } from '../stored/changed-document.js';
import { isDue } from './hear-messages.js';
import { questionShape, roomQuestions, type RoomQuestion } from './room-question.js';

/** Who was not heard of for so long is taken for dead. */
export const CLAIM_MS = 30_000;
/** No call to the chat takes longer, from the moment that it is made until the chat has done it. */
export const LONGEST_CALL_MS = 15_000;
const RENEW_MS = 5_000;

export type QuestionChange = (now: RoomQuestion) => Partial<RoomQuestion>;

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
  const question = { ...kept.question, claim, dueAt: claim.until };
  const counted = question.state === 'open' ? { attempts: question.attempts + 1 } : {};
  const claimed = { ...question, ...counted };
  const document = storedAs(questionShape, message, claimed);
  const { swapped, version } = await parts.documents.swap(roomQuestions, document, kept.version);
  return swapped ? new HeldQuestion(parts, { question: claimed, version }) : undefined;
};

/**
 * A question while this process has it. Each note renews the claim, and fails when the claim is lost or when the question
 * is not the one any more that somebody works at. Nothing is written to the chat but right after a note that did not fail.
 */
export class HeldQuestion {
  #kept: KeptQuestion;
  #begun: RoomQuestion;
  #isOurs = true;
  #overtaken = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  readonly #number: number | undefined;

  constructor(
    private readonly parts: HoldingParts,
    kept: KeptQuestion,
  ) {
    this.#kept = kept;
    this.#begun = kept.question;
    this.#number = kept.question.claim?.number;
  }

  get question(): RoomQuestion {
    return this.#kept.question;
  }

  /** Nobody else has it, and it was not let go. */
  get isOurs(): boolean {
    return this.#isOurs;
  }

  /** Aborted when the work that was begun makes no sense any more. */
  get overtaken(): AbortSignal {
    return this.#overtaken.signal;
  }

  /** Work at what it asks now begins. */
  begin(): void {
    this.#begun = this.question;
    this.#overtaken = new AbortController();
  }

  /** Whether a call to the chat that begins now is over before anybody else may begin one. */
  hasTimeForCall(): boolean {
    const { until = 0 } = this.question.claim ?? {};
    return this.#isOurs && this.parts.clock.now() + LONGEST_CALL_MS <= until;
  }

  note(change: QuestionChange): Promise<boolean> {
    return this.#inTurn(() => this.#note(change, true));
  }

  /** Notes it and lets it go, to be looked at again at `dueAt`. */
  settle(change: (now: RoomQuestion) => Partial<RoomQuestion> & { readonly dueAt: number }) {
    return this.#inTurn(() => this.#note(change, false));
  }

  /** Sees what others wrote. */
  async refresh(): Promise<void> {
    await this.#inTurn(() => this.#read());
  }

  /** Lets it go, whatever it asks now. */
  async letGo(change: (now: RoomQuestion) => Partial<RoomQuestion> & { readonly dueAt: number }) {
    await this.#inTurn(async () => {
      do this.begin();
      while (!(await this.#note(change, false)) && this.#isOurs);
    });
  }

  /** Renews the claim until it is let go. */
  async keepAlive(ended: AbortSignal): Promise<void> {
    while (!ended.aborted && this.#isOurs) {
      await this.parts.sleep(RENEW_MS, ended);
      if (!ended.aborted && this.#isOurs) await this.note(() => ({})).catch(() => false);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #note(change: QuestionChange, keeps: boolean): Promise<boolean> {
    for (;;) {
      if (!this.#isOurs || !this.#isAsBegun()) return false;
      const { question, version } = this.#kept;
      const next = this.#next(change(question), keeps);
      const document = storedAs(questionShape, question.message, next);
      const swap = await this.parts.documents.swap(roomQuestions, document, version);
      if (swap.swapped) {
        this.#kept = { question: next, version: swap.version };
        if (!keeps) this.#lose();
        return true;
      }
      await this.#read();
    }
  }

  #next(change: Partial<RoomQuestion>, keeps: boolean): RoomQuestion {
    const { claim, ...free } = this.question;
    if (!keeps || !claim) return { ...free, ...change };
    const until = this.parts.clock.now() + CLAIM_MS;
    return { ...free, ...change, claim: { ...claim, until }, dueAt: until };
  }

  async #read(): Promise<void> {
    const kept = await readKept(this.parts, this.question.message);
    if (kept?.question.claim?.number !== this.#number) return this.#lose();
    if (kept) this.#kept = kept;
    if (!this.#isAsBegun()) this.#overtaken.abort();
  }

  #isAsBegun(): boolean {
    const { revision, state } = this.question;
    return revision === this.#begun.revision && state === this.#begun.state;
  }

  #lose(): void {
    this.#isOurs = false;
    this.#overtaken.abort();
  }
}
