import type { ToolCall } from '#libs/ports/chat-model';

import type { QuestionToAnswer } from '../../answers/answer.js';
import { countTool, type CountToolParts } from './count.tool.js';
import type { ModelTool, ToolFindings } from './model-tool.js';
import {
  findCallsTool,
  findReservationsTool,
  getRecordTool,
  type RecordToolsParts,
} from './record.tools.js';
import { searchPassagesTool, type SearchToolParts } from './search-passages.tool.js';

export type ModelToolsParts = CountToolParts & RecordToolsParts & SearchToolParts;

/** All that a model can do besides talking. Each of them reads, and nothing more. */
export const modelTools = (parts: ModelToolsParts): readonly ModelTool[] => [
  searchPassagesTool(parts),
  findReservationsTool(parts),
  findCallsTool(parts),
  getRecordTool(parts),
  countTool(parts),
];

/** Arguments that a model wrote: any text. */
const parsed = (args: string): unknown => {
  try {
    return JSON.parse(args === '' ? '{}' : args) as unknown;
  } catch {
    return undefined;
  }
};

/** Does what a model asks for, as far as there is such a tool; else tells it what was wrong. */
export const useTool = async (
  tools: readonly ModelTool[],
  { tool: name, args }: ToolCall,
  question: QuestionToAnswer,
): Promise<ToolFindings> => {
  const chosen = tools.find(({ tool }) => tool.name === name);
  if (!chosen) return { sources: [], says: 'There is no such tool.' };
  const using = chosen.use(parsed(args), question);
  if (!using) return { sources: [], says: 'These are not the arguments of this tool.' };
  return using;
};
