import type { RepositoryFinding, RepositoryFindingCode } from './verdict.js';

/** One lost pack takes thousands of blobs with it; a person reads some lines. */
const SHOWN_OF_EACH = 20;

/** The first id in it; two witnesses may write more or less of the same one. */
const idIn = (detail: string): string | undefined => /[0-9a-f]{8,64}/.exec(detail)?.[0].slice(0, 8);

/** Findings of several witnesses: what two of them say of one thing stands once. */
export class FindingList {
  readonly #findings: RepositoryFinding[] = [];
  readonly #more = new Map<RepositoryFindingCode, number>();

  add(...findings: readonly RepositoryFinding[]): void {
    for (const finding of findings) this.#addOne(finding);
  }

  has(code: RepositoryFindingCode): boolean {
    return this.#of(code).length > 0;
  }

  saysOf(code: RepositoryFindingCode, word: string): boolean {
    return this.#of(code).some(({ detail }) => detail.includes(word));
  }

  get isEmpty(): boolean {
    return this.#findings.length === 0;
  }

  list(): readonly RepositoryFinding[] {
    const more = [...this.#more].map(([code, count]) => ({ code, detail: `and ${count} more` }));
    return [...this.#findings, ...more];
  }

  #of(code: RepositoryFindingCode): readonly RepositoryFinding[] {
    return this.#findings.filter((finding) => finding.code === code);
  }

  #addOne(finding: RepositoryFinding): void {
    const { code, detail } = finding;
    const same = this.#of(code);
    const id = idIn(detail);
    const isKnown = same.some((one) =>
      id === undefined ? one.detail === detail : idIn(one.detail) === id,
    );
    if (isKnown) return;
    if (same.length < SHOWN_OF_EACH) this.#findings.push(finding);
    else this.#more.set(code, (this.#more.get(code) ?? 0) + 1);
  }
}
