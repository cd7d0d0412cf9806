import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { allSubscriptions } from '#libs/contracts';
import { builtRoles } from '#libs/platform';

import { inRoot } from '../set-up/paths.js';
import { table } from './markdown.js';

const START = '<!-- gen:roles -->';
const END = '<!-- /gen:roles -->';

const notContexts = ['kernel', 'contracts', 'journal', 'platform', 'testing'];

const sourcesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    return path.endsWith('.ts') ? [readFileSync(path, 'utf8')] : [];
  });

/** What an app imports says best which contexts its role runs. */
const contextsOf = (role) => {
  const text = sourcesIn(inRoot('apps', role, 'src')).join('\n');
  const names = [...text.matchAll(/'#libs\/([a-z-]+)'/g)].map(([, name]) => name);
  return [...new Set(names)].filter((name) => !notContexts.includes(name)).sort();
};

const code = (names) => names.map((name) => `\`${name}\``).join('<br>') || '–';

const rows = () =>
  builtRoles.map((role) => [
    `[\`${role}\`](apps/${role})`,
    code(contextsOf(role)),
    code(allSubscriptions.filter((each) => each.role === role).map(({ name }) => name)),
  ]);

const between = (readme) => {
  const [before, rest] = readme.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`README.md lacks ${START} … ${END}`);
  const heads = ['Role', 'Contexts', 'Consumes'];
  return [before, START, '\n\n', table(heads, rows()), '\n\n', END, after].join('');
};

export const files = () => {
  const readme = inRoot('README.md');
  return existsSync(readme)
    ? [{ path: 'README.md', text: between(readFileSync(readme, 'utf8')) }]
    : [];
};
