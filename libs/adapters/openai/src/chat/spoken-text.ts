/** What a model thinks aloud, by the marks around it. */
const THOUGHTS: readonly (readonly [begin: string, end: string])[] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<|channel|>analysis<|message|>', '<|channel|>final<|message|>'],
];
const MARKS = THOUGHTS.flat();

/** Lets through what a model says, and nothing of what it thinks, however its text is cut into pieces. */
export class SpokenText {
  #held = '';
  /** The mark that ends the thought we are in. */
  #until: string | undefined;
  #said = false;

  /** What can be said of it now. */
  take(piece: string): string {
    this.#held += piece;
    let spoken = '';
    for (;;) {
      const step = this.#until === undefined ? this.#untilThought() : this.#throughThought();
      spoken += step.spoken;
      if (!step.goesOn) return this.#trimmed(spoken);
    }
  }

  /** What was held back as the beginning of a mark and is none. A thought without an end is not said. */
  rest(): string {
    const spoken = this.#until === undefined ? this.#held : '';
    this.#held = '';
    return this.#trimmed(spoken);
  }

  #untilThought(): { readonly spoken: string; readonly goesOn: boolean } {
    const found = firstOf(this.#held, MARKS);
    if (!found) {
      const kept = beginningOfMark(this.#held, MARKS);
      const spoken = this.#held.slice(0, this.#held.length - kept);
      this.#held = this.#held.slice(spoken.length);
      return { spoken, goesOn: false };
    }
    const spoken = this.#held.slice(0, found.at);
    this.#held = this.#held.slice(found.at + found.mark.length);
    // The end of a thought whose beginning stood in the prompt is only left out.
    this.#until = THOUGHTS.find(([begin]) => begin === found.mark)?.[1];
    return { spoken, goesOn: true };
  }

  #throughThought(): { readonly spoken: string; readonly goesOn: boolean } {
    const end = this.#until ?? '';
    const at = this.#held.indexOf(end);
    if (at < 0) {
      this.#held = this.#held.slice(this.#held.length - beginningOfMark(this.#held, [end]));
      return { spoken: '', goesOn: false };
    }
    this.#held = this.#held.slice(at + end.length);
    this.#until = undefined;
    return { spoken: '', goesOn: true };
  }

  /** Lines that stood between a thought and the first word are nothing that was said. */
  #trimmed(spoken: string): string {
    const text = this.#said ? spoken : spoken.trimStart();
    this.#said ||= text !== '';
    return text;
  }
}

const firstOf = (text: string, marks: readonly string[]) =>
  marks
    .map((mark) => ({ mark, at: text.indexOf(mark) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)[0];

/** How many characters at the end may be the beginning of a mark. */
const beginningOfMark = (text: string, marks: readonly string[]): number => {
  const most = Math.min(text.length, Math.max(...marks.map(({ length }) => length)) - 1);
  for (let length = most; length > 0; length--) {
    const end = text.slice(text.length - length);
    if (marks.some((mark) => mark.startsWith(end))) return length;
  }
  return 0;
};
