/** What Groq shut down, for accounts without a contract, and what takes its place. As of 2026-11-30. */
const RETIRED_AT_GROQ: Readonly<Record<string, string>> = {
  'llama-3.3-70b-versatile': 'openai/gpt-oss-120b',
  'llama-3.1-8b-instant': 'openai/gpt-oss-20b',
  'meta-llama/llama-4-maverick-17b-128e-instruct': 'openai/gpt-oss-120b',
  'meta-llama/llama-4-scout-17b-16e-instruct': 'openai/gpt-oss-120b',
  'qwen/qwen3-32b': 'qwen/qwen3.6-27b',
  'gemma2-9b-it': 'openai/gpt-oss-20b',
  'deepseek-r1-distill-llama-70b': 'openai/gpt-oss-120b',
};

/** What to use instead of a model that is gone. */
export const replacementAtGroq = (model: string): string | undefined => RETIRED_AT_GROQ[model];

export const isGptOss = (model: string): boolean => /(?:^|[/:])gpt-oss/.test(model);

/** Models that think before they speak, and can be told to think little. */
export const thinksByEffort = (model: string): boolean =>
  isGptOss(model) || /^(?:openai\/)?(?:o[1-9]|gpt-[5-9])/.test(model);
