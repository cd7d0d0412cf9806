/** Which of some names belong together (union–find). */
export class Groups {
  readonly #parents: Map<string, string>;

  constructor(names: readonly string[]) {
    this.#parents = new Map(names.map((name) => [name, name]));
  }

  join(a: string, b: string): void {
    const [first, second] = [this.#rootOf(a), this.#rootOf(b)];
    if (first !== second)
      this.#parents.set(first < second ? second : first, first < second ? first : second);
  }

  areTogether(a: string, b: string): boolean {
    return this.#rootOf(a) === this.#rootOf(b);
  }

  all(): string[][] {
    const groups = new Map<string, string[]>();
    for (const name of this.#parents.keys()) {
      const root = this.#rootOf(name);
      const group = groups.get(root);
      if (group) group.push(name);
      else groups.set(root, [name]);
    }
    return [...groups.values()];
  }

  count(): number {
    return this.all().length;
  }

  #rootOf(name: string): string {
    let root = name;
    for (let parent = this.#parents.get(root); parent !== undefined && parent !== root;) {
      root = parent;
      parent = this.#parents.get(root);
    }
    this.#parents.set(name, root);
    return root;
  }
}
