import type { StoredDocument } from '#libs/ports/documents';

import { filledPage } from '../read-records/filled-page.js';
import type { MayRead } from '../read-records/readers.js';
import { questionsCollection } from './collections.js';
import { gatherComponent } from './component.js';
import { identityIndex, type IdentityIndex, type IdentityParts } from './identity-index.js';
import type { StoredQuestion } from './keep-questions.js';
import {
  hiddenAmong,
  kindOfHandle,
  namedRecords,
  valueOf,
  type NamedRecord,
} from './shown-links.js';

/** Whose number or mail is this? */
export interface OpenQuestion {
  readonly id: string;
  readonly by: 'mail' | 'number';
  readonly value: string;
  readonly candidates: readonly NamedRecord[];
}

export interface QuestionPage {
  readonly items: readonly OpenQuestion[];
  readonly next?: string;
}

/** What is stored proposes; it is asked of the records as they are now, so that none is listed that has an answer. */
export const listQuestions = async (
  ports: IdentityParts,
  generation: number,
  mayRead: MayRead,
  page: { readonly after?: string; readonly limit: number },
): Promise<QuestionPage> => {
  const index = identityIndex(ports, generation);
  const openIn = async (stored: readonly StoredDocument[]): Promise<readonly OpenQuestion[]> => {
    const open: OpenQuestion[] = [];
    for (const { body, id } of stored) {
      const { candidates } = body as unknown as StoredQuestion;
      if ((await hiddenAmong(index, mayRead, candidates)).size === 0)
        open.push(...(await stillOpen(index, mayRead, id, candidates)));
    }
    return open;
  };
  return filledPage(
    page,
    (some) => ports.documents.query(questionsCollection(generation), some),
    openIn,
  );
};

const stillOpen = async (
  index: IdentityIndex,
  mayRead: MayRead,
  id: string,
  candidates: readonly string[],
): Promise<OpenQuestion[]> => {
  const { prints, resolved } = await gatherComponent(index, { records: candidates });
  const question = resolved?.questions.find(({ handle }) => prints.get(handle) === id);
  if (!question) return [];
  const { handle } = question;
  return [
    {
      id,
      by: kindOfHandle(handle),
      value: valueOf(handle),
      candidates: await namedRecords(index, mayRead, question.candidates),
    },
  ];
};
