/** One name for a thing everywhere: a default export is named again by each who imports it. */
export const noDefaultExport = {
  meta: { type: 'problem', schema: [], messages: { named: 'Export it by name.' } },
  create: (context) => ({
    ExportDefaultDeclaration: (node) => context.report({ node, messageId: 'named' }),
    'ExportSpecifier[exported.name="default"]': (node) =>
      context.report({ node, messageId: 'named' }),
  }),
};
