import { asFault, fault } from '#libs/kernel';

import type { RunProgress } from '../run/backup-run.js';
import { agentSteps, type AgentAnswer, type AgentStep } from './agent-order.js';
import type { AgentParts, AgentTask } from './agent-parts.js';
import type { AgentReport, AgentStepEnd } from './agent-report.js';

/** So often somebody who watches sees how far it is. */
const TOLD_EVERY_MS = 2_000;
/** A server that says nothing for longer counts as lost some time. */
const SAID_EVERY_MS = 20_000;
/** While it waits for a word, it asks for it. */
const ASKED_EVERY_MS = 5_000;
/** A call that takes longer is given up: the next one says everything that it said. */
const SENT_WITHIN_MS = 15_000;
/** Who is not answered at all goes on after that, with what harms nobody. */
const PATIENCE_MS = 10 * 60_000;

/** What a server says of itself. Sending never holds its work up, and nothing that is lost is missed later. */
export class AgentReporter {
  #doing: AgentReport['doing'] = 'pull';
  #progress: RunProgress | undefined;
  #ended: readonly AgentStepEnd[] = [];
  #error: AgentReport['error'];
  #number = 0;
  #answer: AgentAnswer | undefined;
  #heardAt = -Infinity;
  #saidAt = -Infinity;
  #isNews = true;
  #answered = new AbortController();
  readonly #dismissed = new AbortController();

  constructor(
    private readonly parts: Pick<AgentParts, 'monotonic' | 'send' | 'sleep'>,
    private readonly task: Pick<AgentTask, 'order' | 'server'>,
  ) {}

  /** Aborted when it is told to leave, or refused. */
  get dismissed(): AbortSignal {
    return this.#dismissed.signal;
  }

  does(doing: AgentReport['doing']): void {
    this.#doing = doing;
    this.#progress = undefined;
    this.#isNews = true;
  }

  progress(progress: RunProgress): void {
    this.#progress = progress;
    this.#isNews = true;
  }

  stepEnded(end: AgentStepEnd): void {
    this.#ended = [...this.#ended, end];
    this.#isNews = true;
  }

  failed(error: NonNullable<AgentReport['error']>): void {
    this.#error = error;
    this.#isNews = true;
  }

  /** Everything, from the beginning. */
  next(): AgentReport {
    this.#number += 1;
    const [progress, error] = [this.#progress, this.#error];
    const { order, server } = this.task;
    return {
      ...{ run: order.run.id, server, order: order.expiresAt, number: this.#number },
      ...{ doing: this.#doing, ended: this.#ended },
      ...(progress && { progress }),
      ...(error && { error }),
    };
  }

  /** Reports until this is over. */
  async keepTelling(over: AbortSignal): Promise<void> {
    const { monotonic, sleep } = this.parts;
    while (!over.aborted && !this.dismissed.aborted) {
      const isDue = monotonic() - this.#saidAt >= this.#silence();
      if (this.#isNews || isDue) await this.send(over);
      await sleep(TOLD_EVERY_MS, over);
    }
  }

  #silence(): number {
    return this.#doing === 'wait' ? ASKED_EVERY_MS : SAID_EVERY_MS;
  }

  /** Whether it was heard. */
  async send(over: AbortSignal): Promise<boolean> {
    const [late, settled] = [new AbortController(), new AbortController()];
    this.#saidAt = this.parts.monotonic();
    this.#isNews = false;
    const timer = this.parts.sleep(SENT_WITHIN_MS, AbortSignal.any([settled.signal, over]));
    void timer.then(() => late.abort(fault('BACKUP_DESK_UNREACHABLE')));
    try {
      const signal = AbortSignal.any([late.signal, over]);
      this.#hears(await this.parts.send(this.next(), { signal }));
      return true;
    } catch (thrown) {
      const why = asFault(thrown);
      if (why.code === 'BACKUP_AGENT_REFUSED') this.#dismissed.abort(why);
      else this.#isNews = true;
      return false;
    } finally {
      settled.abort();
    }
  }

  #hears(answer: AgentAnswer): void {
    this.#answer = answer;
    this.#heardAt = this.parts.monotonic();
    this.#answered.abort();
    this.#answered = new AbortController();
    // Somebody who has heard that it is done needs it no more, and that is no dismissal.
    if (answer.next === 'leave' && this.#doing !== 'done')
      this.#dismissed.abort(fault('BACKUP_AGENT_REFUSED'));
  }

  /** Until the step is due, or nobody has answered for so long that it must be done without a word. */
  async mayBegin(step: AgentStep, over: AbortSignal): Promise<void> {
    if (this.#isDue(step)) return;
    this.does('wait');
    const since = this.parts.monotonic();
    while (!this.#isDue(step)) {
      over.throwIfAborted();
      const quiet = this.parts.monotonic() - Math.max(since, this.#heardAt);
      if (quiet >= PATIENCE_MS) return;
      await this.parts.sleep(PATIENCE_MS - quiet, AbortSignal.any([over, this.#answered.signal]));
    }
  }

  /** What is saved and read back harms nobody, so it waits for no word. */
  #isDue(step: AgentStep): boolean {
    if (!this.#answer) return step !== 'drill';
    const { next, upTo } = this.#answer;
    if (upTo === undefined) return next === 'work';
    return agentSteps.indexOf(step) <= agentSteps.indexOf(upTo);
  }
}
