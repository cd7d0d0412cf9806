import ts from 'typescript';

/** Code says nothing in English, a link only its text. */
const withoutCode = (text: string): string =>
  text
    .replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/`[^`\n]*`/g, 'X')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');

/** A cell of a table often lists titles; each of them is read by itself. */
const sentencesOfTable = (block: string): string[] =>
  block.split('\n').flatMap((line) => line.split(/\||(?<=[.!?:;])\s+| · |_, _/));

const sentencesOfProse = (block: string): string[] =>
  block
    .split(/\n(?=\s*(?:[-*]|\d+\.)\s)/)
    .flatMap((item) => item.replaceAll(/\s+/g, ' ').split(/(?<=[.!?])\s+(?=[A-Z`"“_*(\d])/));

/** The sentences of a text, list items and cells of tables apart. */
export const sentencesOf = (text: string): string[] =>
  withoutCode(text)
    .split(/\n\s*\n/)
    .flatMap((block) => (/^\s*\|/.test(block) ? sentencesOfTable(block) : sentencesOfProse(block)))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

export const wordsIn = (sentence: string): number =>
  sentence.split(/\s+/).filter((word) => /\w/.test(word)).length;

const blockComments = (code: string): string[] =>
  [...code.matchAll(/^[ \t]*\/\*\*?([\s\S]*?)\*\//gm)].map(([, body]) =>
    (body ?? '').replaceAll(/^\s*\* ?/gm, ''),
  );

/** Lines with `//` that follow each other are one comment. */
const lineComments = (code: string): string[] =>
  [...code.matchAll(/(?:^[ \t]*\/\/.*\n?)+/gm)].map(([run]) => run.replaceAll(/^\s*\/\/ ?/gm, ''));

/** The comments of a source file that stand on lines of their own. */
export const commentsIn = (code: string): string[] => [
  ...blockComments(code),
  ...lineComments(code),
];

const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddle(node) ||
  ts.isTemplateTail(node);

/** The texts that a source file can show to a person: its strings with a blank in them. */
export const messagesIn = (code: string): string[] => {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isText(node) && node.text.trim().includes(' ')) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.ts', code, ts.ScriptTarget.Latest));
  return found;
};
