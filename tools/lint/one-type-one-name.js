import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const DECLARATION = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class|enum) (\w+)/gm;
/** What a spec, a suite or a harness calls its own things stays there. */
const IN_TESTS = /(?:\.spec|\.contract)\.ts$|\/test\/|^libs\/testing\//;

const sourcesIn = (cwd) =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'libs', 'apps'], { cwd })
    .toString()
    .split('\n')
    .filter((path) => path.endsWith('.ts') && !IN_TESTS.test(path));

const namesIn = (text) => [...text.matchAll(DECLARATION)].map(([, name]) => name);

const textOf = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // Deleted, and not yet committed.
  }
};

const indexes = new Map();

/** Which files declare a type of that name, read once for each run of the linter. */
const declaredIn = (cwd) => {
  const known = indexes.get(cwd);
  if (known) return known;
  const index = new Map();
  for (const path of sourcesIn(cwd))
    for (const name of new Set(namesIn(textOf(join(cwd, path)))))
      index.set(name, [...(index.get(name) ?? []), path]);
  indexes.set(cwd, index);
  return index;
};

/** One word, one meaning: a reader who searches for a type finds one. */
export const oneTypeOneName = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      twice: '{{name}} is declared in {{others}} too. Give each a name with its subject.',
    },
  },
  create(context) {
    const path = relative(context.cwd, context.filename).split(sep).join('/');
    if (!/^(?:libs|apps)\//.test(path) || IN_TESTS.test(path)) return {};
    const check = ({ id }) => {
      if (!id) return;
      const others = (declaredIn(context.cwd).get(id.name) ?? []).filter((other) => other !== path);
      if (others.length === 0) return;
      const data = { name: id.name, others: others.join(', ') };
      context.report({ node: id, messageId: 'twice', data });
    };
    return Object.fromEntries(
      ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration', 'ClassDeclaration'].flatMap((type) => [
        [`Program > ${type}`, check],
        [`Program > ExportNamedDeclaration > ${type}`, check],
      ]),
    );
  },
};
