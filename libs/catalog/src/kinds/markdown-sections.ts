import type { RecordSection } from './record-section.js';

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

interface Heading {
  readonly depth: number;
  readonly text: string;
}

/** What stands under each heading of a Markdown text, as plain text. */
export const markdownSections = (markdown: string): readonly RecordSection[] => {
  const sections: RecordSection[] = [];
  const paths = new Map<string, number>();
  let above: readonly Heading[] = [];
  let lines: string[] = [];
  const end = (): void => {
    const text = lines
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim();
    lines = [];
    if (text === '') return;
    const path = pathOf(above, paths);
    const heading = above.map((one) => one.text).join(' › ');
    sections.push({ path, ...(heading !== '' && { heading }), text });
  };
  let fence = '';
  for (const line of markdown.split(/\r\n?|\n/)) {
    const [, mark = ''] = FENCE.exec(line) ?? [];
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    if (mark !== '') continue;
    const [, marks, text = ''] = (fence === '' ? HEADING.exec(line) : undefined) ?? [];
    if (marks === undefined) lines.push(fence === '' ? plainLine(line) : line.trim());
    else {
      end();
      const heading = { depth: marks.length, text: inlineText(text) };
      above = [...above.filter(({ depth }) => depth < heading.depth), heading];
    }
  }
  end();
  return sections;
};

/** By the words of the headings, so that a new section above changes no path; two alike are counted. */
const pathOf = (above: readonly Heading[], known: Map<string, number>): string => {
  const path = above.map(({ text }) => slugOf(text)).join('/') || 'text';
  const count = (known.get(path) ?? 0) + 1;
  known.set(path, count);
  return count === 1 ? path : `${path}/${count}`;
};

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '') || '-';

const TABLE_RULE = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const TABLE_ROW = /^[ \t]*\|(.*?)\|?[ \t]*$/;

const plainLine = (line: string): string => {
  if (TABLE_RULE.test(line) && line.includes('-')) return '';
  const [, cells] = TABLE_ROW.exec(line) ?? [];
  const text =
    cells === undefined
      ? line
      : cells
          .split('|')
          .map((cell) => cell.trim())
          .join(': ');
  return inlineText(text.replace(/^[ \t]*(?:>[ \t]?)+/, ''));
};

/** Without the signs of Markdown; addresses of links stay, since they may be what is looked for. */
const inlineText = (text: string): string =>
  text
    .replaceAll(/!?\[([^\]]*)\]\((\S+?)(?:[ \t]+"[^"]*")?\)/g, (_, label: string, to: string) =>
      label === to || label === '' ? to : `${label} (${to})`,
    )
    .replaceAll(/(\*{1,3})(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replaceAll(/(?<![\p{L}\p{N}_])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}_])/gu, '$2')
    .replaceAll(/`+([^`]+)`+/g, '$1')
    .replaceAll(/~~(.+?)~~/g, '$1')
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!|>~])/g, '$1')
    .trimEnd();
