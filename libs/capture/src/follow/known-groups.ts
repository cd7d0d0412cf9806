import type { Collection, Documents, Fence, FencedDocument } from '#libs/ports/documents';

import type { FollowedFeed, GroupRule } from '../followed-feed.js';

/** What must be done because a group is followed now, or is not any more. */
export type GroupTask = 'scan' | 'tell_gone';

interface KnownGroup {
  readonly followed: boolean;
  readonly task?: GroupTask;
}

/** Each group that a document was met in, and whether it was followed then: so a change is found after any stop. */
const groupsCollection: Collection = { name: 'capture_groups', fields: ['feed'] };

const PAGE = 1000;

export class KnownGroups {
  readonly #groups = new Map<string, KnownGroup>();
  readonly #tasks = new Map<string, GroupTask>();
  #compared: GroupRule | undefined;
  #rule: GroupRule | undefined;

  private constructor(
    private readonly documents: Documents,
    private readonly feed: Pick<FollowedFeed, 'name' | 'groups'>,
  ) {}

  static async load(
    documents: Documents,
    feed: Pick<FollowedFeed, 'name' | 'groups'>,
  ): Promise<KnownGroups> {
    const known = new KnownGroups(documents, feed);
    if (!feed.groups) return known;
    for (let next: string | undefined; ;) {
      const page = await documents.query(groupsCollection, {
        where: { feed: feed.name },
        limit: PAGE,
        ...(next !== undefined && { after: next }),
      });
      for (const { body } of page.items) {
        const { group, ...rest } = body as unknown as KnownGroup & { readonly group: string };
        known.#remember(group, rest);
      }
      next = page.next;
      if (next === undefined) return known;
    }
  }

  /** As it was at the last look. */
  get rule(): GroupRule | undefined {
    return this.#rule;
  }

  follows(group: string | undefined): boolean {
    return !this.#rule || (group !== undefined && this.#rule.follows(group));
  }

  nextTask(): [group: string, task: GroupTask] | undefined {
    const [first] = this.#tasks;
    return first;
  }

  /**
   * Looks at the rule again. Groups about which it says another thing than before get a task, in parts: what a crash
   * leaves out is found at the next look.
   */
  async look(): Promise<readonly string[]> {
    if (!this.feed.groups) return [];
    const rule = (this.#rule = await this.feed.groups.current());
    if (rule === this.#compared) return [];
    const changed: string[] = [];
    for (const [group, { followed }] of this.#groups)
      if (rule.follows(group) !== followed) changed.push(group);
    if (changed.length === 0) this.#compared = rule;
    return changed.slice(0, PAGE);
  }

  /** For groups that a look found changed. */
  turned(groups: readonly string[], fence: Fence): readonly FencedDocument[] {
    return groups.map((group) => {
      const followed = this.follows(group);
      return this.#document(group, { followed, task: followed ? 'scan' : 'tell_gone' }, fence);
    });
  }

  /** For those of these groups that no document was met in before. */
  met(groups: Iterable<string>, fence: Fence): readonly FencedDocument[] {
    if (!this.feed.groups) return [];
    return [...new Set(groups)]
      .filter((group) => !this.#groups.has(group))
      .map((group) => this.#document(group, { followed: this.follows(group) }, fence));
  }

  done(group: string, fence: Fence): readonly FencedDocument[] {
    return [this.#document(group, { followed: this.follows(group) }, fence)];
  }

  /** Remembers what is stored now. */
  async put(documents: readonly FencedDocument[]) {
    const outcomes = await this.documents.put(groupsCollection, documents);
    for (const { body } of documents) {
      const { group, ...rest } = body as unknown as KnownGroup & { readonly group: string };
      this.#remember(group, rest);
    }
    return outcomes;
  }

  #document(group: string, known: KnownGroup, fence: Fence): FencedDocument {
    return {
      id: `${this.feed.name}/${group}`,
      body: { group, ...known },
      fields: { feed: this.feed.name },
      fence,
    };
  }

  #remember(group: string, known: KnownGroup): void {
    this.#groups.set(group, known);
    if (known.task) this.#tasks.set(group, known.task);
    else this.#tasks.delete(group);
  }
}
