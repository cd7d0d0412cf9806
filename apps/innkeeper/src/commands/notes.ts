import { codes, Fault } from '#libs/kernel';
import type { SavedNoteAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, UsageError, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';
import { progressOn } from '../terminal/progress.js';
import { writeTable } from '../terminal/table.js';
import { counted } from '../terminal/words.js';

export const addNotes: AddCommand = (program, { onPlatform }) => {
  const notes = program
    .command('notes')
    .helpCommand(false)
    .summary('what the company writes down: house manuals, door codes, where the fuse box is')
    .description('Takes in notes as Markdown files. `innkeeper records note` shows them.');
  notes
    .command('import')
    .summary('take in every Markdown file of a folder')
    .description(
      'Posts every .md file of a folder and of those inside it. The path of a file is the name of its note, so a changed\n' +
        'file is the next version and an unchanged one is nothing new. The front matter names the listing. Exit code 1 if\n' +
        'any file was refused; the others are taken in.',
    )
    .argument('<dir>', 'the folder')
    .addHelpText(
      'after',
      '\nA file:\n' +
        '  ---\n' +
        '  listing: Harbour Loft\n' +
        '  title: How to get in\n' +
        '  tags: [access, keys]\n' +
        '  ---\n' +
        '  The key box hangs left of the blue door.\n\n' +
        '`deleted: true` in the front matter takes a note away.',
    )
    .action(onPlatform(importNotes));
  notes
    .command('remove')
    .summary('take a note out of lists and search')
    .description('What it said stays in the log; `innkeeper erase note/<id>` forgets it.')
    .argument('<note>', 'its id: notes.main.harbour-loft.access')
    .action(onPlatform(remove));
};

interface ImportedNote {
  readonly file: string;
  readonly saved?: SavedNoteAnswer;
  readonly refused?: Fault;
  readonly choices?: readonly string[];
}

const importNotes = async (asked: AskedOfPlatform, folder: string): Promise<ExitCode> => {
  const { outside, io, json } = asked;
  const files = (await outside.filesIn(folder)).filter((file) => /\.(?:md|markdown)$/i.test(file));
  if (files.length === 0)
    throw new UsageError(`${folder} holds no Markdown files.`, 'Their names end in .md.');
  const progress = await progressOn(io.err, 'Importing');
  const all: ImportedNote[] = [];
  try {
    for (const [i, file] of files.entries()) {
      all.push(await imported(asked, folder, file));
      await progress.show(i + 1, files.length);
    }
  } finally {
    await progress.end();
  }
  if (json) for (const one of all) await jsonLine(io.out, asJson(one));
  else await writeImported(asked, all);
  return all.some(({ refused }) => refused) ? exit.unwell : exit.well;
};

/** What is wrong with one file is its own trouble; a platform that is away is everybody's. */
const imported = async (
  { api, outside }: AskedOfPlatform,
  folder: string,
  file: string,
): Promise<ImportedNote> => {
  const text = new TextDecoder().decode(await outside.readFile(`${folder}/${file}`));
  try {
    return { file, saved: await api.saveNote({ name: file, text }) };
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'invalid') throw error;
    return { file, refused: error, choices: await choicesIn(api, error) };
  }
};

/** By name, for people: the platform's answer has their ids alone. */
const choicesIn = async (
  api: AskedOfPlatform['api'],
  { details }: Fault,
): Promise<readonly string[]> => {
  const [, ids = ''] = /choices: ([\w.,\s-]+)/.exec(String(details['detail'] ?? '')) ?? [];
  const choices = ids.split(', ').filter((id) => id !== '');
  return Promise.all(
    choices.map(async (id) => {
      const { nickname, displayName } = await api.record('listing', id);
      return `${typeof nickname === 'string' ? nickname : displayName} (${id})`;
    }),
  );
};

const asJson = ({ file, saved, refused, choices }: ImportedNote) =>
  saved
    ? { file, ...saved }
    : { file, code: refused?.code ?? '', ...(choices?.length && { choices: [...choices] }) };

const writeImported = async (
  { io }: AskedOfPlatform,
  all: readonly ImportedNote[],
): Promise<void> => {
  const { good, dim, bad } = io.out.paint;
  const saved = all.flatMap((one) => (one.saved ? [{ file: one.file, ...one.saved }] : []));
  if (saved.length > 0)
    await writeTable(
      io.out,
      ['file', 'note', 'listing', ''],
      saved.map(({ file, note, listing, status }) => [
        file,
        note,
        listing ?? 'the whole company',
        status === 'received' ? good('taken in') : dim('unchanged'),
      ]),
    );
  const refused = all.filter((one) => one.refused);
  for (const { file, refused: fault, choices = [] } of refused) {
    if (!fault) continue;
    const { title, remedy } = codes[fault.code];
    await line(io.err, `${io.err.paint.bad('✖')} ${file}: ${title}`);
    await line(io.err, `  ${choices.length > 0 ? `Perhaps: ${choices.join(', ')}` : remedy}`);
  }
  if (refused.length > 0)
    await line(io.err, bad(`${counted(refused.length, 'file')} of ${all.length} refused.`));
};

const remove = async ({ api, io, json }: AskedOfPlatform, note: string): Promise<ExitCode> => {
  const removed = await api.removeNote(note.replace(/^note\//, ''));
  if (json) await jsonLine(io.out, removed);
  else
    await line(
      io.out,
      removed.status === 'received'
        ? `${removed.note} is out of lists and search.`
        : `${removed.note} was removed before.`,
    );
  return exit.well;
};
