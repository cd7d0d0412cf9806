import { past } from '../time/time-words.js';
import { dayIn } from '../time/calendar.js';
import { timeIn } from '../time/time-in.js';
import { noLinks, type QuestionLinks } from './link-question.js';
import type { HomeGuest, LinkLook } from './link-look.js';
import { linksOf } from './linked-people.js';
import { lastStayBefore, staysAround, withHomeNames, type LinkedStay } from './linked-stays.js';
import { choicesOfHomes, choicesOfStays } from './link-choices.js';
import { textOf } from './view-fields.js';

/** Who is in a home, now or on the days that are said. */
export const linksByHome = async (
  look: LinkLook,
  { homes, spans }: HomeGuest,
): Promise<QuestionLinks> => {
  const { parts, question, records } = look;
  const [home = ''] = homes;
  const shown = await records.showMany(homes);
  if (homes.length > 1)
    return { ...noLinks, by: 'home', spans, state: 'ambiguous', choices: choicesOfHomes(shown) };
  const zone = textOf(shown.get(home), 'timeZone') ?? question.timeZone;
  const now = parts.clock.now();
  const today = dayIn(zone, now);
  // Days may be said in another turn than the home: the question's own days count.
  const said = timeIn(question.text, now, zone) ?? timeIn(look.text, now, zone);
  const days = said
    ? { home, from: dayIn(zone, said.from), to: dayIn(zone, said.to) }
    : { home, from: today, to: today, now };
  const around = await staysAround(
    records,
    days.from === today && days.to === today ? { ...days, now } : days,
  );
  const stays =
    around.length === 0 && !said && past.test(question.text)
      ? await lastStayBefore(records, home, today)
      : around;
  const found = { by: 'home', spans, isByDays: said !== undefined } as const;
  if (guestsOf(stays) > 1)
    return {
      ...noLinks,
      ...found,
      state: 'ambiguous',
      choices: choicesOfStays(await withHomeNames(records, stays)),
    };
  if (stays.length === 0) return { ...noLinks, ...found, homes: [home] };
  return { ...(await linksOf(parts, { people: [], stays })), ...found };
};

const guestsOf = (stays: readonly LinkedStay[]): number =>
  new Set(stays.map(({ guest, record }) => guest ?? record)).size;
