import { withoutUnseen } from '../check/plain-text.js';

/** Marks of turns and roles, as the formats of models have them. */
const ROLE_MARKS =
  /<\|[^|>\n]{0,40}\|>|<\/?(?:s|system|user|assistant|tool|tool_call|tool_response|source|data|function_calls?)\b[^>\n]*>|\[\/?(?:INST|SYS|SYSTEM|TOOL_CALLS|AVAILABLE_TOOLS)\]|<<\/?SYS>>/giu;
const FENCE = /<{3,}|>{3,}/gu;
const CITATION = /[[【](\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*[^\]】\n]{0,40})[\]】]/gu;

/**
 * A text of a record, a tool or a person as it is shown to a model. Nothing in it looks like a mark of ours, of a turn or
 * of a source. It stays readable: what the model makes of it is checked by code.
 */
export const asData = (text: string): string =>
  withoutUnseen(text)
    .replaceAll(ROLE_MARKS, ' ')
    .replaceAll(FENCE, ' ')
    .replaceAll(CITATION, '($1)')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
