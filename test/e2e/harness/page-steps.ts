import { readFileSync } from 'node:fs';

/** A page of the documents as a person follows it. */
export class PageSteps {
  readonly #text: string;

  constructor(path: string) {
    this.#text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  }

  #below(heading: string): string {
    const from = this.#text.indexOf(`\n## ${heading}`);
    if (from < 0) throw new Error(`the page has no heading ${heading}`);
    const to = this.#text.indexOf('\n## ', from + 1);
    return this.#text.slice(from, to < 0 ? undefined : to);
  }

  /** The first text to copy below a heading. */
  toCopy(heading: string): string {
    const [, , body = ''] = /\n```(\w*)\n([\s\S]*?)\n```/u.exec(this.#below(heading)) ?? [];
    return body;
  }

  /** All of them. */
  allToCopy(heading: string): readonly string[] {
    const blocks = this.#below(heading).matchAll(/\n```\w*\n([\s\S]*?)\n```/gu);
    return [...blocks].map(([, body = '']) => body);
  }

  /** Every command of ours on the page, in its order. */
  typed(): readonly string[] {
    return [...this.#text.matchAll(/^ *(npx innkeeper .*)$/gmu)].map(([, line = '']) => line);
  }

  /** Its lines `NAME=value`. */
  settings(heading: string): Readonly<Record<string, string>> {
    const lines = this.toCopy(heading).split('\n');
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  }

  /** A column of the first table below a heading, by the words in its first column. */
  column(heading: string, column: number): Readonly<Record<string, string>> {
    const rows = this.#below(heading)
      .split('\n')
      .filter((line) => line.startsWith('|') && !line.startsWith('| -') && !line.startsWith('|-'))
      .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
    return Object.fromEntries(rows.map((cells) => [cells[1] ?? '', cells[column + 1] ?? '']));
  }
}
