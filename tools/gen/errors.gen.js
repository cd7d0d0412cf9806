import { codes, kindRules } from '#libs/kernel';

import { generatedBy, table } from './markdown.js';

const section = ([code, { kind, title, remedy, http }]) =>
  [
    `## ${code}`,
    title,
    `- **Kind**: \`${kind}\`, HTTP ${http ?? kindRules[kind].http}`,
    `- **What to do**: ${remedy}`,
  ].join('\n\n');

const overview = table(
  ['Code', 'Kind', 'HTTP', 'Meaning'],
  Object.entries(codes).map(([code, { kind, title, http }]) => [
    `[${code}](#${code.toLowerCase()})`,
    kind,
    http ?? kindRules[kind].http,
    title,
  ]),
);

export const files = () => [
  {
    path: 'docs/reference/errors.md',
    text: [
      generatedBy('libs/kernel/src/codes'),
      '# Errors',
      'Every error has a code, on the command line, in the logs and as `code` of a problem document. A code is never renamed and never used for something else.',
      overview,
      ...Object.entries(codes).map(section),
    ].join('\n\n'),
  },
];
