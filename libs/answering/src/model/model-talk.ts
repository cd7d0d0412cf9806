import type { ChatMessage, ChatModel, ChatUsage, ToolCall } from '#libs/ports/chat-model';

import type { QuestionToAnswer } from '../answers/answer.js';
import { StatementStream, type WrittenStatement } from './check/statement-stream.js';
import type { ModelLimits } from './model-limits.js';
import type { ModelSources } from './model-sources.js';
import type { StandIns } from './prompt/stand-ins.js';
import { fenced } from './prompt/messages.js';
import { readPieces } from './read-pieces.js';
import type { ModelTool } from './tools/model-tool.js';
import { useTool } from './tools/model-tools.js';

/** One talk with a model about one question. */
export interface ModelTalk {
  readonly model: Pick<ChatModel, 'complete'>;
  readonly question: QuestionToAnswer;
  readonly messages: readonly ChatMessage[];
  readonly sources: ModelSources;
  readonly tools: readonly ModelTool[];
  readonly standIns: StandIns;
  readonly mark: string;
  readonly limits: ModelLimits;
  readonly deadline: AbortSignal;
  /** Before each request: it may not be within the budget any more, which it throws. */
  readonly beforeStep: (estimate: ChatUsage) => Promise<void>;
  readonly afterStep: (estimate: ChatUsage, used: ChatUsage) => Promise<void>;
  /** Sources of tools: their names must be known before they are shown. */
  readonly beforeSources: (records: readonly string[]) => Promise<void>;
}

/** Signs in a token, at the least: what is estimated is rather too much. */
const SIGNS_IN_TOKEN = 3;
const ENDED = 'The tools are used up: answer now, or write nothing.';

const estimateOf = (
  messages: readonly ChatMessage[],
  { outputTokens }: ModelLimits,
): ChatUsage => ({
  inputTokens: Math.ceil(
    messages.reduce((length, message) => length + JSON.stringify(message).length, 0) /
      SIGNS_IN_TOKEN,
  ),
  cachedTokens: 0,
  outputTokens,
});

/**
 * Sentences of a model as they become whole. What it asks for in between is read under the rights of the asker and given
 * to it as data. A call that cannot be done is told so, and costs a step like any other. In the last step it has no tools.
 */
export const talkWithModel = async function* (talk: ModelTalk): AsyncGenerator<WrittenStatement> {
  const { tools, limits } = talk;
  const messages = [...talk.messages];
  for (let step = 1; step <= limits.steps; step++) {
    const isLast = step === limits.steps;
    const stream = new StatementStream();
    const said = yield* oneStep(talk, messages, { stream, tools: isLast ? [] : tools });
    yield* stream.end();
    if (said.calls.length === 0 || isLast) return;
    messages.push({ role: 'assistant', text: said.text, calls: said.calls });
    for (const [i, call] of said.calls.entries()) {
      const text = i < limits.callsInStep ? await toolText(talk, call) : ENDED;
      messages.push({ role: 'tool', call: call.id, text });
    }
  }
};

interface StepSetting {
  readonly stream: StatementStream;
  readonly tools: readonly ModelTool[];
}

interface SaidInStep {
  readonly text: string;
  readonly calls: readonly ToolCall[];
}

const oneStep = async function* (
  talk: ModelTalk,
  messages: readonly ChatMessage[],
  { stream, tools }: StepSetting,
): AsyncGenerator<WrittenStatement, SaidInStep> {
  const { model, limits, deadline } = talk;
  const estimate = estimateOf(messages, limits);
  await talk.beforeStep(estimate);
  const request = {
    messages,
    tools: tools.map(({ tool }) => tool),
    maxTokens: limits.outputTokens,
  };
  let used = estimate;
  let text = '';
  const calls: ToolCall[] = [];
  try {
    for await (const piece of readPieces(model, request, limits, deadline))
      if (piece.sort === 'text') {
        text += piece.text;
        yield* stream.push(piece.text);
      } else if (piece.sort === 'call') calls.push(piece.call);
      else used = piece.usage;
  } finally {
    await talk.afterStep(estimate, used);
  }
  return { text, calls };
};

const toolText = async (talk: ModelTalk, call: ToolCall): Promise<string> => {
  const { tools, question, sources, standIns, mark } = talk;
  const { sources: found, says } = await useTool(tools, shownCall(call, standIns), question);
  await talk.beforeSources(found.flatMap(({ record, beside = [] }) => [record, ...beside]));
  const shown = sources.show(found);
  const told = [shown, says].filter(Boolean).join('\n');
  return told === '' ? fenced(mark, 'result', 'Nothing was found.') : told;
};

/** The model knows stand-ins only; tools know what they stand for. */
const shownCall = (call: ToolCall, standIns: StandIns): ToolCall => ({
  ...call,
  // Within a JSON text: what a value may hold must not end it.
  args: call.args.replaceAll(/[A-Z][a-z]+[A-Z]+\d?/gu, (word) =>
    JSON.stringify(standIns.show(word)).slice(1, -1),
  ),
});
