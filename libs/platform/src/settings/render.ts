import { areas } from './areas.js';
import { allNotes } from './read-settings.js';
import { membersOf, type SettingNote } from './setting.js';

const defaultOf = ({ byDefault, defaultNote }: SettingNote): string =>
  byDefault !== undefined ? `\`${byDefault}\`` : (defaultNote ?? '—');

/** `.env.example`: every setting, commented out at its default. */
export const renderEnvExample = (): string =>
  [
    '# Every setting of Innkeeper. Each can also be given as a file: <NAME>_FILE=<path>.',
    '# Generated from the schema: change libs/platform/src/settings, then run `npm run gen`.',
    ...allNotes().map(
      ({ name, means, expects, byDefault, defaultNote }) =>
        `\n# ${means} Expects ${expects}.${defaultNote ? ` (${defaultNote})` : ''}\n# ${name}=${byDefault ?? ''}`,
    ),
    '',
  ].join('\n');

/** When an adapter's own settings count: only with the choice that needs them. */
const choicesWith = (note: SettingNote): readonly string[] =>
  Object.values(areas).flatMap((area) => {
    if (!('options' in area)) return [];
    return area.options.flatMap((option) => {
      const members = membersOf(option);
      const kind = members.get('kind');
      const named = [...members.values()].some(({ name }) => name === note.name);
      if (!named || !kind || kind.name === note.name) return [];
      return [`${kind.name}=${[...option.shape.kind.values].join('')}`];
    });
  });

/** `docs/reference/settings.md`. */
export const renderSettingsPage = (): string =>
  [
    '# Settings',
    '',
    'Generated from the schema. Each name can also be given as `<NAME>_FILE`, the path of a file that holds the value;',
    'both at once is an error. A wrong setting stops the start with exit code 2 and one line that names it.',
    '',
    '| name | default | meaning | expects |',
    '|---|---|---|---|',
    ...allNotes().map((note) => {
      const choices = choicesWith(note);
      const when = choices.length > 0 ? ` With ${choices.map((c) => `\`${c}\``).join(', ')}.` : '';
      const secret = note.secret ? ' Secret.' : '';
      return `| \`${note.name}\` | ${defaultOf(note)} | ${note.means}${when}${secret} | ${note.expects} |`;
    }),
    '',
  ].join('\n');
