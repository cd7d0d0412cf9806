import type { RecordSection } from './record-section.js';

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

interface Heading {
  readonly depth: number;
  readonly number: string;
  readonly text: string;
}

/** What stands under each heading of a Markdown text, as plain text. */
export const markdownSections = (markdown: string): readonly RecordSection[] => {
  const sections: RecordSection[] = [];
  const counts = new Map<string, number>();
  let above: readonly Heading[] = [];
  let lines: string[] = [];
  const end = (): void => {
    const text = lines
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim();
    lines = [];
    if (text === '') return;
    const path = above.at(-1)?.number ?? 'text';
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
      const over = above.filter(({ depth }) => depth < marks.length);
      const number = numberOf(over.at(-1), counts);
      above = [...over, { depth: marks.length, number, text: inlineText(text) }];
    }
  }
  end();
  return sections;
};

/**
 * As chapters are numbered, `2.1`: a new one changes those after it in its chapter only. No words: an index keeps a
 * path as it is.
 */
const numberOf = (above: Heading | undefined, counts: Map<string, number>): string => {
  const chapter = above?.number ?? '';
  const count = (counts.get(chapter) ?? 0) + 1;
  counts.set(chapter, count);
  return chapter === '' ? String(count) : `${chapter}.${count}`;
};

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
