import type { LinksAnswer, QuestionAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, UsageError, type ExitCode } from '../exit.js';
import { writeList } from '../listing.js';
import { positive } from '../options.js';
import { jsonLine, line, type Io } from '../terminal/io.js';
import { writePairs, writeTable } from '../terminal/table.js';

export const addLink: AddCommand = (program, { onPlatform }) => {
  const link = program
    .command('link')
    .helpCommand(false)
    .summary('who is who, and the questions that only you can settle')
    .description(
      'Links contacts, guests and colleagues by numbers, mails and providers’ ids, and links calls to them. Evidence that\n' +
        'fits two people links nobody and is a question here. Lists name people: watch who sees your screen.',
    );
  link
    .command('list', { isDefault: true })
    .summary('open questions: numbers and mails that several share')
    .description('Lists numbers and mails that several people may be reached by.')
    .option('--limit <n>', 'so many at most', positive)
    .action(onPlatform(list));
  link
    .command('show')
    .summary('whom a record is about, and on what evidence')
    .description(
      'Shows whom a record is about, and on what evidence; or why it is linked to nobody.',
    )
    .argument('<record>', 'call/aircall.main.4190001001')
    .action(onPlatform(show));
  link
    .command('settle')
    .summary('says that two records are one person, or two')
    .description(
      'Says that two contacts, guests or colleagues are one person, or two. Your ruling is a fact with your name. It outweighs\n' +
        'numbers and names. If you rule again, the later ruling holds.',
    )
    .argument('<record>', 'contact/aircall.main.77120045')
    .argument('<other>', 'guest/guesty.main.65f1c0ffee')
    .option('--same', 'one person')
    .option('--apart', 'two people')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper link settle contact/aircall.main.77120045 guest/guesty.main.65f1c0ffee --same',
    )
    .action(onPlatform(settle));
};

const list = async (
  asked: AskedOfPlatform,
  { limit }: { readonly limit?: number },
): Promise<ExitCode> => {
  await writeList(asked, {
    pages: (most) => asked.api.questions(most),
    limit,
    head: ['reached by', 'who', ''],
    row: (question) => [question.value, String(question.candidates.length), whoOf(question)],
    right: [1],
    none: 'There is nothing to settle: no two people share a number or a mail.',
  });
  return exit.well;
};

const whoOf = ({ candidates }: QuestionAnswer): string =>
  candidates.map(({ displayName, id, kind }) => `${displayName} (${kind}/${id})`).join(', ');

/** Of `kind/id`, as lists show it. */
const partsOf = (record: string): readonly [kind: string, id: string] => {
  const [, kind, id] = /^([a-z_]+)\/(.+)$/.exec(record) ?? [];
  if (kind === undefined || id === undefined)
    throw new UsageError(
      `${record} is no record.`,
      'Write kind/id, e.g. call/aircall.main.4190001001.',
    );
  return [kind, id];
};

const show = async ({ api, io, json }: AskedOfPlatform, record: string): Promise<ExitCode> => {
  const links = await api.links(...partsOf(record));
  if (json) await jsonLine(io.out, links);
  else await writeLinks(io, links);
  return exit.well;
};

const reasons: Readonly<Record<string, string>> = {
  ambiguous: 'several people may be reached by its number or mail: innkeeper link list',
  anonymous: 'the caller withheld the number',
  contradiction: 'its number belongs to one person, but its provider names another',
  nobody_known: 'no other record has its number, mail or id',
  own_line: 'its number is a line of the company',
  several: 'several people take part',
  switchboard: 'too many are reached by its number: a switchboard, or an agency',
  too_many: 'too many records are connected to tell who is who',
};

const writeLinks = async (
  { out }: Io,
  { person, questions, record, why }: LinksAnswer,
): Promise<void> => {
  const { dim, strong, waiting } = out.paint;
  await line(out, `${strong(`${record.kind}/${record.id}`)}  ${record.displayName}`);
  if (!person) {
    await writePairs(out, [
      ['linked to', waiting('nobody')],
      ['because', reasonOf(why)],
    ]);
    return;
  }
  await line(out, dim('is about'));
  const rows = person.members.map(({ displayName, id, kind }) => [`${kind}/${id}`, displayName]);
  await writeTable(out, ['record', 'name'], rows);
  await line(out);
  await writeTable(
    out,
    ['because', '', 'share', ''],
    person.evidence.map(({ by, records, value }) => [...records, spoken(by), value ?? '']),
  );
  if (questions.length > 0)
    await line(out, dim('Somebody else may be reached by the same: innkeeper link list'));
};

const reasonOf = (why: string | undefined): string => reasons[why ?? ''] ?? why ?? '';

const spoken = (by: string): string => {
  if (by === 'provider_id') return 'the provider’s id';
  return by === 'ruling' ? 'an operator’s ruling' : `a ${by}`;
};

const settle = async (
  { api, io, json }: AskedOfPlatform,
  record: string,
  other: string,
  { apart = false, same = false }: { readonly apart?: boolean; readonly same?: boolean },
): Promise<ExitCode> => {
  if (apart === same)
    throw new UsageError(
      'Say which: --same for one person, --apart for two.',
      'innkeeper link list',
    );
  for (const one of [record, other]) partsOf(one);
  const settled = await api.settle(record, other, same);
  if (json) await jsonLine(io.out, settled);
  else {
    const [a, b] = settled.records;
    await line(io.out, `${a} and ${b} are ${same ? 'one person' : 'two people'} from now on.`);
    if (!settled.linked)
      await line(
        io.err,
        'The catalog has not read it yet; links follow by themselves (innkeeper doctor).',
      );
  }
  return exit.well;
};
