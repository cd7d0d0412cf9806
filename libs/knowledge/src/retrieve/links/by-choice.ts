import type { QuestionLinks } from './link-question.js';
import type { LinkLook } from './link-look.js';
import { groupedPeople, linksOf, staysOfPerson } from './linked-people.js';
import { staysNamed } from './linked-stays.js';
import { personIn, type FoundPerson } from './people-found.js';

const isOf = (kinds: readonly string[], id: string): boolean =>
  kinds.includes(id.slice(0, id.indexOf('/')));

/** What hangs together with a person or a stay that the asker chose. */
export const linksOfChosen = async (
  { parts, records }: LinkLook,
  about: readonly string[],
): Promise<QuestionLinks | undefined> => {
  const chosen = about.filter((id) => isOf(['guest', 'contact', 'reservation'], id));
  if (chosen.length === 0) return undefined;
  const shown = await records.showMany(chosen.filter((id) => !id.startsWith('reservation/')));
  const people = [...shown].flatMap(([id, view]): readonly FoundPerson[] => {
    const person = personIn(id, view);
    return person ? [person] : [];
  });
  const named = await staysNamed(
    records,
    chosen.filter((id) => id.startsWith('reservation/')),
  );
  const theirs = await Promise.all(
    groupedPeople(people).map((group) => staysOfPerson(records, group)),
  );
  const links = await linksOf(parts, { people, stays: [...named, ...theirs.flat()] });
  return { ...links, by: 'chosen', spans: [] };
};
