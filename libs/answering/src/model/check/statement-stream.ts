/** A sentence of a model as it wrote it, with the numbers of the sources that it names. */
export interface WrittenStatement {
  /** Without the marks of its sources. */
  readonly text: string;
  readonly cites: readonly number[];
}

/** `[1]`, `[1, 2]`, `【1†source】`: what models write for a source. */
const CITE = /[[【]\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)(?:\s*[†:][^\]】\n]{0,40})?\s*[\]】]/gu;
const CITES_FOLLOW = /^(?:[ \t]*[[【][^\]】\n]{0,60}[\]】])+/u;
const CITED = /[\]】]\s*$/u;
const OPEN_CITE = /^[ \t]*[[【][^\]】\n]{0,60}$/u;
const ENDS = /[.!?…]+["'”’»)]*|\n+|[。！？]/gu;
/** Nobody writes a sentence this long: it is taken as one, so that it can be checked and dropped. */
const LONGEST = 2_000;
const SHORTENED = new Set(
  'mr mrs ms dr prof st no nr vs etc approx apt ave blvd bzw ca usw evtl ggf inkl exkl str hr fr vgl tgl mind mme bd av sr sra ud uds sig dott es pag ecc jr bijv dhr mevr np tzn itd itp ul al pl godz tel min max'.split(
    ' ',
  ),
);

const statementOf = (written: string): WrittenStatement => {
  const cites = [...written.matchAll(CITE)].flatMap(([, numbers = '']) =>
    numbers.split(/[,;]/u).map(Number),
  );
  const text = written
    .replaceAll(CITE, '')
    .replaceAll(/\s+(?=[.!?…,;])/gu, '')
    .replaceAll(/ {2,}/gu, ' ')
    .trim();
  return { text, cites: [...new Set(cites)] };
};

/** Takes text as it comes and gives sentences once they are whole, with the marks that follow their point. */
export class StatementStream {
  #text = '';

  push(piece: string): readonly WrittenStatement[] {
    this.#text += piece;
    return this.#whole(false);
  }

  /** What is left when nothing more comes. */
  end(): readonly WrittenStatement[] {
    const whole = this.#whole(true);
    const rest = this.#text;
    this.#text = '';
    return [...whole, statementOf(rest)].filter(isSaid);
  }

  #whole(isEnd: boolean): readonly WrittenStatement[] {
    const statements: WrittenStatement[] = [];
    for (let end = endIn(this.#text, isEnd); end > 0; end = endIn(this.#text, isEnd)) {
      statements.push(statementOf(this.#text.slice(0, end)));
      this.#text = this.#text.slice(end);
    }
    return statements.filter(isSaid);
  }
}

const isSaid = ({ text, cites }: WrittenStatement): boolean => text !== '' || cites.length > 0;

/** Where the first whole sentence ends; 0 while none is whole. */
const endIn = (text: string, isEnd: boolean): number => {
  for (const { 0: mark, index } of text.matchAll(ENDS)) {
    const after = index + mark.length;
    if (mark.startsWith('\n')) return after;
    const rest = text.slice(after);
    const cites = CITES_FOLLOW.exec(rest)?.[0] ?? '';
    const next = rest.slice(cites.length);
    // More marks may follow, or the number may go on.
    if (!isEnd && (next.trim() === '' ? !next.includes('\n') : OPEN_CITE.test(next))) break;
    if (
      cites !== '' ||
      CITED.test(text.slice(0, index)) ||
      (/^(?:\s|$)/u.test(next) && !goesOn(text.slice(0, index), mark, next))
    )
      return after + cites.length;
  }
  return text.length > LONGEST ? LONGEST : 0;
};

/** `z. B.`, `No. 5`, `14. September`: the point ends no sentence. */
const goesOn = (before: string, mark: string, next: string): boolean => {
  if (mark !== '.' || CITED.test(before) || next.trim() === '') return false;
  if (/^\s*\p{Ll}/u.test(next)) return true;
  const word = /[\p{L}\p{N}./]+$/u.exec(before)?.[0].toLowerCase() ?? '';
  return /^\d{1,2}$/u.test(word) || /(?:^|\.)\p{L}$/u.test(word) || SHORTENED.has(word);
};
