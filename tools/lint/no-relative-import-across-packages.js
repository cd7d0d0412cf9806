import { dirname, relative, resolve, sep } from 'node:path';

const DEEP = ['adapters', 'ports', 'providers'];

/** libs/kernel, libs/ports/bus, apps/api, test … : what has a door of its own. */
const packageOf = (path, cwd) => {
  const [top, first, second] = relative(cwd, path).split(sep);
  if (top === 'apps') return `${top}/${first}`;
  if (top !== 'libs') return top;
  return DEEP.includes(first) ? `${top}/${first}/${second}` : `${top}/${first}`;
};

/** A package is entered by its door (#libs/<name>), so that what is behind it can be changed. */
export const noRelativeImportAcrossPackages = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { across: 'Import {{to}} by its door, not by its path.' },
  },
  create(context) {
    const from = packageOf(context.filename, context.cwd);
    const check = (node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string' || !specifier.startsWith('.')) return;
      const to = packageOf(resolve(dirname(context.filename), specifier), context.cwd);
      // A scenario starts a whole program, which no door leads to.
      if (from === 'test' && to.startsWith('apps/')) return;
      if (to !== from) context.report({ node, messageId: 'across', data: { to } });
    };
    return {
      ImportDeclaration: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
      ImportExpression: check,
    };
  },
};
