import type { JsonObject } from '#libs/kernel';
import type { ChatTool } from '#libs/ports/chat-model';
import { z } from 'zod';

import type { QuestionToAnswer } from '../../answers/answer.js';
import type { SourceToShow } from '../model-sources.js';

/** What a tool found: sources, and where it found none, why. */
export interface ToolFindings {
  readonly sources: readonly SourceToShow[];
  readonly says?: string;
}

/** A tool of the model: it reads as the asker may read, and does nothing else. */
export interface ModelTool {
  readonly tool: ChatTool;
  /** Arguments as the model wrote them; `undefined` where they are not what the tool takes. */
  readonly use: (args: unknown, question: QuestionToAnswer) => Promise<ToolFindings> | undefined;
}

interface ToolDefinition<Args> {
  readonly name: string;
  readonly description: string;
  readonly args: z.ZodType<Args>;
  readonly find: (args: Args, question: QuestionToAnswer) => Promise<ToolFindings>;
}

export const modelTool = <Args>({
  name,
  description,
  args: schema,
  find,
}: ToolDefinition<Args>): ModelTool => {
  const { $schema: _, ...parameters } = z.toJSONSchema(schema) as JsonObject;
  return {
    tool: { name, description, parameters },
    use: (args, question) => {
      const parsed = schema.safeParse(args);
      return parsed.success ? find(parsed.data, question) : undefined;
    },
  };
};

/** A day, as the model is to write it. */
export const toolDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);
export const toolText = z.string().trim().min(1).max(200);
