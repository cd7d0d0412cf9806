import { z } from 'zod';

import { setting } from './setting.js';

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** What the platform has to know of the company it works for. */
export const company = z.object({
  timeZone: setting(
    {
      name: 'INNKEEPER_TIME_ZONE',
      means: 'Where "today" is, for questions and dates of records where no home says otherwise.',
      expects: 'a name of the IANA list, such as Europe/Lisbon',
      defaultNote: 'the machine’s',
    },
    z
      .string()
      .refine(isTimeZone)
      .optional()
      .transform((name) => name ?? new Intl.DateTimeFormat().resolvedOptions().timeZone),
  ),
});
