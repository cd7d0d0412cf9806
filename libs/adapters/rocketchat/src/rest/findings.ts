import type { ChatExamination, ChatObstacle } from '#libs/ports/chat';

/** What an examination found so far. */
export class Findings {
  readonly #obstacles: ChatObstacle[] = [];
  readonly #well: string[] = [];

  missing(side: ChatObstacle['side'], text: string): void {
    this.#obstacles.push({ kind: 'missing', side, text });
  }

  advise(side: ChatObstacle['side'], text: string): void {
    this.#obstacles.push({ kind: 'advice', side, text });
  }

  well(text: string): void {
    this.#well.push(text);
  }

  all(): ChatExamination {
    return { obstacles: this.#obstacles, well: this.#well };
  }
}
