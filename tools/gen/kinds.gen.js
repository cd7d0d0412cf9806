import { kindNames, recordKinds } from '#libs/catalog';

import { generatedBy, table } from './markdown.js';

const code = (words) => words.map((word) => `\`${word}\``).join('<br>') || '–';
const sorted = [...kindNames].sort();

const listed = sorted.map((kind) => `'${kind}'`).join(', ');
const made = '// Made by `npm run gen` from libs/catalog/src/kinds. Edits here are lost.\n';

const rows = sorted.map((kind) => {
  const { fields, from, names } = recordKinds[kind];
  return [
    `\`${kind}\``,
    code(from.map(({ type }) => type)),
    code(fields),
    code(Object.entries(names).map(([field, named]) => `${field} → ${named}`)),
  ];
});

export const files = () => [
  {
    path: 'docs/reference/records.md',
    text: [
      generatedBy('libs/catalog/src/kinds'),
      '# Kinds of records',
      'What each kind is made from, what its lists can be filtered by, and which field holds the id of which other record.',
      table(['Kind', 'From facts', 'Filters', 'Names'], rows),
    ].join('\n\n'),
  },
  {
    path: 'apps/innkeeper/src/commands/record-kinds.ts',
    text: [
      made,
      '/** Written out, because asking the catalog for them would take longer than the whole command. */',
      `export const kinds = [${listed}];\n`,
    ].join('\n'),
  },
  {
    path: 'libs/platform/src/settings/record-kinds.ts',
    text: [
      made,
      '/** Written out: a process reads its settings before it loads a context, and may load none. */',
      `export const kinds = [${listed}] as const;\n`,
    ].join('\n'),
  },
];
