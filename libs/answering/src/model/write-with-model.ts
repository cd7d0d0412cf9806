import { asFault, fault, type Clock, type Fault } from '#libs/kernel';
import type { ChatModel, ChatUsage } from '#libs/ports/chat-model';
import type { CompareWords, Passage } from '#libs/knowledge';

import type { AnswerModel, AnswerQuestion, QuestionToAnswer } from '../answers/answer.js';
import type { AnsweredDraft, FoundAnswer, WriteAnswer } from '../extract/write-answer.js';
import { textsIn, type AnswerLanguage, type ExtractiveReason } from '../texts/answer-texts.js';
import { hasLink, plainText, withoutLinks } from './check/plain-text.js';
import type { WrittenStatement } from './check/statement-stream.js';
import { statementCheck, type CheckStatement } from './check/supported.js';
import { createModelCircuit, type ModelCircuit } from './model-circuit.js';
import { modelLimits, type ModelLimits } from './model-limits.js';
import { AnswerCitations, ModelSources } from './model-sources.js';
import { talkWithModel, type ModelTalk } from './model-talk.js';
import { firstMessages } from './prompt/messages.js';
import { personalNames } from './prompt/personal-names.js';
import { createStandIns, noStandIns, type StandIns } from './prompt/stand-ins.js';
import type { ModelTool } from './tools/model-tool.js';
import { modelTools, type ModelToolsParts } from './tools/model-tools.js';
import { isForModel, passageSource } from './tools/search-passages.tool.js';
import type { ModelPayer, ModelUses, SpentBudget } from './use/model-use.js';

/** Why a model did not come to its end. */
type EarlyEnd = Exclude<ExtractiveReason, 'no_model'>;

/** How an answer by a model ended. */
export type ModelEnd = 'answered' | 'cut' | EarlyEnd;

export interface WriteWithModelParts extends Pick<ModelToolsParts, 'recordsFor' | 'search'> {
  readonly model: ChatModel;
  readonly uses: ModelUses;
  readonly clock: Clock;
  readonly compareWords: CompareWords;
  /** Without card numbers and accounts. Pure. */
  readonly mask: (text: string) => string;
  readonly countAnswer: AnswerQuestion;
  /** Kinds of records that no model reads. */
  readonly excludedKinds: ReadonlySet<string>;
  /** Personal values leave as stand-ins. */
  readonly standIns: boolean;
  /** New for every answer, and nobody can guess it. */
  readonly makeMark: () => string;
  readonly limits?: Partial<ModelLimits>;
  /** With what failed, where something did. */
  readonly onEnd: (end: ModelEnd, failed?: Fault) => void;
  readonly onUsed: (usage: ChatUsage) => void;
}

/**
 * An answer in the words of a language model. What was found, and whether it answers the question, is decided before;
 * what the model says leaves sentence by sentence, each checked against the sources it names. Where it fails, or says
 * nothing that can be checked, the best sentences of the sources are the answer.
 */
export const writeWithModel = (parts: WriteWithModelParts): WriteAnswer => {
  const circuit = createModelCircuit(parts.clock);
  const check = statementCheck(parts.compareWords);
  const limits = { ...modelLimits, ...parts.limits };
  return async (answer) => {
    const isForIt = isForModel(excludedBy(parts));
    const hits = answer.found.hits.filter(({ passage }) => isForIt(passage));
    const ended = (why: EarlyEnd, failed?: Fault): Promise<AnsweredDraft> => {
      parts.onEnd(why, failed);
      return answer.extract(why);
    };
    if (hits.length === 0) return ended('kept');
    if (!circuit.isClosed()) return ended('away');
    const writing = new AnswerInWriting({ parts, circuit, check, limits, answer });
    const why = await writing.write(hits.map(({ passage }) => passage));
    if (why !== undefined && writing.isEmpty) return ended(why, writing.failed);
    parts.onEnd(why === undefined ? 'answered' : 'cut', writing.failed);
    return writing.draft(why !== undefined);
  };
};

const spentReasons = {
  person: 'spent_by_person',
  room: 'spent_in_room',
  company: 'spent',
} as const satisfies Readonly<Record<SpentBudget, EarlyEnd>>;

const payerOf = ({ question: { asker, room } }: FoundAnswer): ModelPayer => ({ asker, room });

const excludedBy =
  ({ excludedKinds }: Pick<WriteWithModelParts, 'excludedKinds'>) =>
  (record: string): boolean =>
    excludedKinds.has(record.slice(0, record.indexOf('/')));

interface AnswerSetting {
  readonly parts: WriteWithModelParts;
  readonly circuit: ModelCircuit;
  readonly check: CheckStatement;
  readonly limits: ModelLimits;
  readonly answer: FoundAnswer;
}

class AnswerInWriting {
  readonly #setting: AnswerSetting;
  readonly #standIns: StandIns;
  readonly #sources: ModelSources;
  readonly #citations = new AnswerCitations();
  readonly #sentences: string[] = [];
  readonly #mark: string;
  #used = { inputTokens: 0, outputTokens: 0 };
  /** The budget of the day that ended it. */
  #spent: SpentBudget | undefined;
  #isAsked = false;
  /** What ended it, where it was no budget. */
  failed: Fault | undefined;

  constructor(setting: AnswerSetting) {
    this.#setting = setting;
    this.#mark = setting.parts.makeMark();
    this.#standIns = setting.parts.standIns ? createStandIns() : noStandIns;
    this.#sources = new ModelSources(this.#mark, this.#standIns, setting.limits.textLength);
  }

  get isEmpty(): boolean {
    return this.#sentences.length === 0;
  }

  /** Why it stopped, if it did before its end. */
  async write(passages: readonly Passage[]): Promise<EarlyEnd | undefined> {
    const { parts, circuit, limits, answer } = this.#setting;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), limits.wholeMs);
    try {
      const spent = await parts.uses.takeAnswer(payerOf(answer));
      if (spent) return spentReasons[spent];
      await this.#knowNames([
        ...answer.found.scope.ids,
        ...passages.flatMap(({ records, scope }) => [...records, ...scope]),
      ]);
      const talk = this.#talk(this.#sources.show(passages.map(passageSource)), deadline.signal);
      for await (const statement of talkWithModel(talk)) await this.#take(statement);
      circuit.succeeded();
      return this.isEmpty ? 'unsupported' : undefined;
    } catch (thrown) {
      if (this.#spent) {
        if (!this.#isAsked) await parts.uses.giveBackAnswer(payerOf(answer));
        return spentReasons[this.#spent];
      }
      circuit.failed(thrown);
      this.failed = asFault(thrown);
      return 'away';
    } finally {
      clearTimeout(timer);
    }
  }

  draft(isCut: boolean): Promise<AnsweredDraft> {
    const said: AnsweredDraft = {
      outcome: 'answered',
      way: 'model',
      language: this.#setting.answer.language,
      answer: this.#sentences.join(' '),
      citations: this.#citations.all(),
      model: this.#model(),
    };
    return isCut ? this.#withExtract(said) : Promise.resolve(said);
  }

  /** What was said stays, for it was shown; what the sources say themselves follows. */
  async #withExtract(said: AnsweredDraft): Promise<AnsweredDraft> {
    const { extract, language } = this.#setting.answer;
    const { citations } = await extract('away');
    const lines = citations.map(({ quote }, i) => `${quote} [${said.citations.length + i + 1}]`);
    return {
      ...said,
      answer: [said.answer, '', textsIn(language).cutShort, ...lines].join('\n'),
      citations: [...said.citations, ...citations],
    };
  }

  #model(): AnswerModel {
    return { name: this.#setting.parts.model.model, ...this.#used };
  }

  /** Checks a sentence, and lets it out if all of it stands in what it names. */
  async #take({ text, cites }: WrittenStatement): Promise<void> {
    const { answer, check } = this.#setting;
    const sources = this.#sources.cited(cites);
    if (cites.length === 0 || sources === undefined || hasLink(text)) return;
    const statement = { text: plainText(text), language: answer.language };
    const rests = await check(statement, sources);
    if (rests === undefined) return;
    const numbers = this.#citations.add(sources, rests);
    const marks = numbers.map((number) => `[${number}]`).join('');
    const sentence = withMarks(shownText(this.#standIns, statement.text), marks);
    if (this.#sentences.includes(sentence)) return;
    this.#sentences.push(sentence);
    answer.onProgress?.({ sort: 'sources', citations: this.#citations.all() });
    answer.onProgress?.({ sort: 'sentence', text: sentence });
  }

  #talk(sources: string, deadline: AbortSignal): ModelTalk {
    const { parts, limits, answer } = this.#setting;
    const { question, language } = answer;
    const hidden = (text: string): string => this.#standIns.hide(text);
    const turns = readableTurns(question, excludedBy(parts));
    return {
      model: parts.model,
      question,
      messages: firstMessages({
        question: hidden(question.text),
        turns: turns.map(({ who, text }) => ({ who, text: hidden(text) })),
        sources,
        language,
        at: question.at,
        timeZone: question.timeZone,
        mark: this.#mark,
      }),
      sources: this.#sources,
      tools: toolsOf(parts, language),
      standIns: this.#standIns,
      mark: this.#mark,
      limits,
      deadline,
      beforeStep: async (estimate) => {
        this.#spent = await parts.uses.take(payerOf(answer), estimate);
        this.#isAsked ||= this.#spent === undefined;
        if (this.#spent) throw fault('CHAT_MODEL_BUSY');
      },
      afterStep: (estimate, used) => this.#settle(estimate, used),
      beforeSources: (records) => this.#knowNames(records),
    };
  }

  async #settle(estimate: ChatUsage, used: ChatUsage): Promise<void> {
    const { parts, answer } = this.#setting;
    this.#used = {
      inputTokens: this.#used.inputTokens + used.inputTokens,
      outputTokens: this.#used.outputTokens + used.outputTokens,
    };
    parts.onUsed(used);
    await parts.uses.settle(payerOf(answer), estimate, used);
  }

  /** The names that stand in records, so that stand-ins can be put for them. */
  async #knowNames(records: readonly string[]): Promise<void> {
    const { parts, answer } = this.#setting;
    if (!parts.standIns || records.length === 0) return;
    const shown = await parts.recordsFor(answer.question.principals).showMany(records);
    this.#standIns.know([...shown].flatMap(([record, view]) => personalNames(record, view)));
  }
}

const toolsOf = (parts: WriteWithModelParts, language: AnswerLanguage): readonly ModelTool[] => {
  const { mask } = parts;
  return modelTools({
    ...parts,
    isExcluded: excludedBy(parts),
    writingFor: ({ timeZone }) => ({ mask, language, timeZone }),
  });
};

/** Of what was said before, what rests on records that a model may read. */
const readableTurns = (
  { turns }: QuestionToAnswer,
  isExcluded: (record: string) => boolean,
): QuestionToAnswer['turns'] => turns.filter(({ records = [] }) => !records.some(isExcluded));

/** A name of a record may hold anything: it is made plain again once it is back. */
const shownText = (standIns: StandIns, text: string): string => {
  const shown = standIns.show(text);
  return shown === text ? text : plainText(withoutLinks(shown));
};

const withMarks = (sentence: string, marks: string): string => {
  const end = /[.!?…]+["'”’»)]*$/u.exec(sentence)?.index ?? sentence.length;
  const point = sentence.slice(end);
  return `${sentence.slice(0, end).trimEnd()} ${marks}${point === '' ? '.' : point}`;
};
