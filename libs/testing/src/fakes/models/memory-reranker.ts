import { fault } from '#libs/kernel';
import type { Reranker } from '#libs/ports/reranker';

/** How many words of a question stand in a text, as a share of them. */
export const overlapOf = (question: string, text: string): number => {
  const asked = new Set(wordsOf(question));
  const said = new Set(wordsOf(text));
  return asked.size === 0 ? 0 : [...asked].filter((word) => said.has(word)).length / asked.size;
};

const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** A reranker that counts words. */
export class MemoryReranker implements Reranker {
  /** `silent`: it answers only when it is stopped. */
  trouble: 'away' | 'silent' | undefined;

  async rerank(
    question: string,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly number[]> {
    if (this.trouble === 'silent' && !signal.aborted)
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    if (this.trouble === 'away' || signal.aborted) throw fault('RERANKER_UNAVAILABLE');
    return texts.map((text) => overlapOf(question, text));
  }
}
