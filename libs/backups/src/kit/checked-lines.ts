import { toHex, utf8, type Hash } from '#libs/kernel';

/** A part of a secret, as it is printed and typed again. */
export interface CheckedLine {
  /** Of four characters; the last one may be shorter. */
  readonly groups: readonly string[];
  /** The first four hex digits of the SHA-256 of this line without gaps. */
  readonly check: string;
}

/** A secret as lines that a person can type again, each with a check of its own. */
export interface CheckedText {
  readonly lines: readonly CheckedLine[];
  readonly characters: number;
}

const GROUP = 4;
const GROUPS_A_LINE = 6;

export const checkedLines = async (text: string, hash: Hash): Promise<CheckedText> => {
  // By characters, not by units of UTF-16: half an emoji cannot be typed.
  const characters = [...text];
  const lines = pieces(characters, GROUP * GROUPS_A_LINE);
  const digests = await hash(lines.map((line) => utf8(line.join(''))));
  return {
    lines: lines.map((line, index) => ({
      groups: pieces(line, GROUP).map((group) => group.join('')),
      check: toHex(digests[index] ?? new Uint8Array()).slice(0, 4),
    })),
    characters: characters.length,
  };
};

const pieces = (items: readonly string[], size: number): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
