import { DatabaseSync } from 'node:sqlite';

import type { Collection } from '#libs/ports/documents';
import type { Parts } from '#libs/platform';

/** What is noted of a message that asks in a room, as far as it is compared. */
export interface NotedQuestion {
  readonly message: string;
  readonly state: string;
  readonly revision: number;
  readonly answer: string;
  readonly posting: string;
  /** Of its dialogue. */
  readonly question?: string;
  readonly claim?: object;
  readonly dueAt: number;
}

/** What was last told of the reactions to an answer, by the id of its message. */
export type ToldVotes = ReadonlyMap<string, Readonly<Record<string, string>>>;

export interface NotedInRooms {
  readonly questions: readonly NotedQuestion[];
  readonly votes: ToldVotes;
}

interface NotedVotes {
  readonly votes: Readonly<Record<string, string>>;
}

/** Of a database that may be in use. */
export const notedInFile = (path: string): NotedInRooms => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = (collection: string): readonly (readonly [string, unknown])[] => {
      const table = `documents_${collection}`;
      const known = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = ?`).get(table);
      if (!known) return [];
      return database
        .prepare(`SELECT id, body FROM ${table}`)
        .all()
        .map(({ id, body }) => [String(id), JSON.parse(String(body))] as const);
    };
    return noted(rows('room_questions'), rows('room_votes'));
  } finally {
    database.close();
  }
};

const questions: Collection = {
  ...{ name: 'room_questions', fields: ['answer', 'dueAt'], orderedBy: 'dueAt' },
};
const votes: Collection = { name: 'room_votes', fields: [] };

/** By the ports of a deployment. */
export const notedIn = async ({ documents }: Pick<Parts, 'documents'>): Promise<NotedInRooms> => {
  const all = async (collection: Collection): Promise<readonly (readonly [string, unknown])[]> => {
    const found: (readonly [string, unknown])[] = [];
    for (let after: string | undefined; ;) {
      const page = await documents.query(collection, {
        limit: 200,
        ...(after !== undefined && { after }),
      });
      found.push(...page.items.map(({ id, body }) => [id, body] as const));
      if (page.next === undefined) return found;
      after = page.next;
    }
  };
  return noted(await all(questions), await all(votes));
};

const noted = (
  asked: readonly (readonly [string, unknown])[],
  told: readonly (readonly [string, unknown])[],
): NotedInRooms => ({
  questions: asked.map(([, body]) => body as NotedQuestion),
  votes: new Map(told.map(([id, body]) => [id, (body as NotedVotes).votes])),
});
