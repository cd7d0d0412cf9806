import ts from 'typescript';

import { textOfFile } from './house.js';

export interface InterfaceShape {
  readonly name: string;
  readonly methods: readonly string[];
  readonly comment: string;
}

const isMethod = (member: ts.TypeElement): boolean =>
  ts.isMethodSignature(member) ||
  (ts.isPropertySignature(member) &&
    member.type !== undefined &&
    ts.isFunctionTypeNode(member.type));

const commentOf = (node: ts.Node, text: string): string =>
  (ts.getLeadingCommentRanges(text, node.pos) ?? [])
    .map(({ pos, end }) => text.slice(pos, end))
    .join('\n');

/** The interfaces a file declares, read from its syntax. */
export const interfacesIn = (path: string): InterfaceShape[] => {
  const text = textOfFile(path);
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return file.statements.filter(ts.isInterfaceDeclaration).map((node) => ({
    name: node.name.text,
    methods: node.members.filter(isMethod).map((member) => member.name?.getText(file) ?? ''),
    comment: commentOf(node, text),
  }));
};
