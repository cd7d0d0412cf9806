import type { AskRequest, GivenAnswer } from '#libs/answering';
import { fault, type Id } from '#libs/kernel';

import type { RoomsParts } from '../src/rooms-parts.js';

type RoomsAnswering = RoomsParts['answering'];

interface ScriptedQuestion {
  readonly conversation: Id;
  readonly asker: string;
  readonly text: string;
  readonly askedAt: number;
  outcome?: 'answered' | 'abstained';
  reason?: 'deleted' | 'edited';
}

export const SOURCE = 'note/generic.wifi';

/** What was asked of all processes: as the log keeps it. */
export class ScriptedLog {
  readonly questions = new Map<Id, ScriptedQuestion>();
  readonly requests: AskRequest[] = [];
  readonly goneRecords = new Set<string>();
  /** Takes the answer as long as this. */
  sentences = 3;
  between = 700;
  /** It breaks instead. */
  fails: ReturnType<typeof fault> | undefined;

  of(text: string): readonly [Id, ScriptedQuestion][] {
    return [...this.questions].filter(([, question]) => question.text === text);
  }
}

export const finalOf = (text: string): string => `The answer to ${text} is here.`;
export const apologyOf = (text: string): string => `Sorry, nobody came to answer ${text}.`;
export const sentenceOf = (text: string, n: number): string => `Sentence ${n} about ${text}.`;

const refuse = () => Promise.reject(fault('DEFECT_UNKNOWN'));

/** Answers by a script: one outcome for each question, however often it is asked. */
export const scriptedAnswering = (
  log: ScriptedLog,
  { sleep, now }: { readonly sleep: (ms: number) => Promise<void>; readonly now: () => number },
): RoomsAnswering => {
  const given = (id: Id, principals: readonly string[]): GivenAnswer => {
    const asked = log.questions.get(id);
    if (!asked || asked.reason) throw fault('API_NOT_FOUND');
    const { conversation, text, askedAt, outcome } = asked;
    const said = { id, conversation, question: text, askedAt, language: 'en', choices: [] };
    if (!outcome) return { ...said, outcome: 'open', answer: '', citations: [] };
    const cited = outcome === 'answered' ? [{ record: SOURCE, quote: 'so' }] : [];
    const isGone = cited.some(({ record }) => log.goneRecords.has(record));
    if (isGone || principals.length === 0)
      return { ...said, outcome: 'withdrawn', answer: 'withdrawn', citations: [] };
    const answer = outcome === 'answered' ? finalOf(text) : apologyOf(text);
    return { ...said, outcome, answer, citations: cited };
  };

  const begin = ({ text, asker, conversation }: AskRequest, id: Id): ScriptedQuestion => {
    const known = log.questions.get(id);
    if (known && known.text !== text) throw fault('ANSWERING_KEY_REUSED');
    if (conversation !== undefined && log.questions.get(conversation)?.asker !== asker)
      throw fault('API_NOT_FOUND');
    const asked = known ?? { conversation: conversation ?? id, asker, text, askedAt: now() };
    log.questions.set(id, asked);
    return asked;
  };

  return {
    async ask(request, { cause }, onProgress) {
      log.requests.push(request);
      const asked = begin(request, cause);
      if (log.fails) throw log.fails;
      onProgress?.({ sort: 'sources', citations: [{ record: SOURCE, quote: 'so' }] });
      for (let n = 1; n <= log.sentences && !asked.outcome; n++) {
        await sleep(log.between);
        onProgress?.({ sort: 'sentence', text: sentenceOf(request.text, n) });
      }
      asked.outcome ??= 'answered';
      return given(cause, request.principals);
    },
    async giveUp(request, { cause }) {
      const asked = begin(request, cause);
      if (log.fails) throw log.fails;
      asked.outcome ??= 'abstained';
      return given(cause, request.principals);
    },
    showQuestion: async ({ principals }, id) => given(id, principals),
    async withdrawQuestion({ question, reason }) {
      const asked = log.questions.get(question);
      if (!asked) throw fault('API_NOT_FOUND');
      asked.reason = reason;
    },
    archiveDialogue: refuse,
    findDialogues: refuse,
    listDialogues: refuse,
    rateForAll: refuse,
    renameDialogue: refuse,
    showDialogue: refuse,
  };
};
