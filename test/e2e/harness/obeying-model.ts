import { ObeyingChatModel, type ChatStep } from '#libs/testing';
import type { ChatRequest } from '#libs/ports/chat-model';

/** What a model says that obeys every text which it reads, and what it was ordered to do. */
export class ObeyingModel {
  readonly #model = new ObeyingChatModel();
  /** Names of the tools that it called. */
  readonly ordered: string[] = [];

  readonly script = async (request: ChatRequest): Promise<readonly ChatStep[]> => {
    const steps: ChatStep[] = [];
    for await (const piece of this.#model.complete(request, new AbortController().signal)) {
      if (piece.sort === 'text') steps.push(piece.text);
      if (piece.sort !== 'call') continue;
      this.ordered.push(piece.call.tool);
      steps.push({ tool: piece.call.tool, args: piece.call.args });
    }
    return steps;
  };

  /** All that it was given to read. */
  get read(): string {
    return this.#model.requests
      .flatMap(({ messages }) => messages.map(({ text }) => text))
      .join('\n');
  }
}
