import { handlesIn } from './handles-in.js';
import type { QuestionLinks } from './link-question.js';
import { noLinks } from './link-question.js';
import type { LinkLook } from './link-look.js';
import { linksOf, groupedPeople, staysOfPerson } from './linked-people.js';
import { staysByCode, staysNamed } from './linked-stays.js';
import { peopleByMail, peopleByPhone, type PeopleByHandle } from './people-found.js';

/** By the code of a booking, a phone number or an address. */
export const linksByHandle = async (look: LinkLook): Promise<QuestionLinks | undefined> => {
  const { codes, mails, phones } = handlesIn(look.text);
  for (const code of codes) {
    const { written, ...span } = code;
    const stays = await staysByCode(look.records, written);
    if (stays.length > 0)
      return {
        ...(await linksOf(look.parts, { people: [], stays })),
        ...{ by: 'code', said: written, spans: [span] },
      };
  }
  for (const phone of phones) {
    const found = await peopleByPhone(look.parts, look, phone);
    return linksOfHandle(look, found, { by: 'phone', said: phone });
  }
  for (const mail of mails) {
    const found = await peopleByMail(look.parts, look, mail);
    return linksOfHandle(look, found, { by: 'mail', said: mail });
  }
  const [code] = codes.filter(({ written }) => /\d/.test(written) && /[A-Z]{2}/.test(written));
  return code && { ...noLinks, by: 'code', said: code.written, spans: [code] };
};

const linksOfHandle = async (
  { parts, records }: LinkLook,
  { people, phones, stays }: PeopleByHandle,
  {
    by,
    said,
  }: Pick<QuestionLinks, 'by'> & {
    readonly said: { readonly written: string; readonly start: number; readonly end: number };
  },
): Promise<QuestionLinks> => {
  const { end, start, written } = said;
  const known = { said: written, spans: [{ start, end }], ...(by !== undefined && { by }) };
  if (people.length + stays.length + phones.length === 0) return { ...noLinks, ...known };
  const theirs = await Promise.all(
    groupedPeople(people).map((group) => staysOfPerson(records, group)),
  );
  const named = await staysNamed(records, stays);
  const all = new Map([...named, ...theirs.flat()].map((stay) => [stay.record, stay]));
  const inOrder = [...all.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
  return { ...(await linksOf(parts, { people, phones, stays: inOrder })), ...known };
};
