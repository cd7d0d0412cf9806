import { isForAdmins } from '#libs/catalog';
import type { Operator, Process } from '#libs/platform';

/** What administrators alone read is written down: by whom and which, as `kind/id`, never what it says. */
export const logReads = (
  { log }: Pick<Process, 'log'>,
  { name: operator }: Operator,
  records: readonly string[],
): void => {
  for (const record of records)
    if (isForAdmins(record.slice(0, record.indexOf('/'))))
      log.info('record.shown', { operator, record });
};
