import { parseTree, type Node, type ParseError } from 'jsonc-parser';

import { textOf, utf8 } from '#libs/kernel';

/** A value inside a JSON text: as it is written there, and as it reads. */
export interface Piece {
  readonly text: string;
  readonly value: unknown;
}

/**
 * A value deep in a JSON text, in its own bytes: to read and write it again would round numbers and move
 * keys. `undefined`: this is no JSON, or there is nothing.
 */
export const pieceAt = (bytes: Uint8Array, path: readonly string[]): Piece | undefined => {
  const whole = textOf(bytes);
  const node = nodeAt(whole, path);
  return node && pieceOf(whole, node);
};

/** The items of a list in the same way; `undefined` where there is no list. */
export const piecesAt = (
  bytes: Uint8Array,
  path: readonly string[],
): readonly Piece[] | undefined => {
  const whole = textOf(bytes);
  const node = nodeAt(whole, path);
  if (node?.type !== 'array') return undefined;
  return (node.children ?? []).map((item) => pieceOf(whole, item));
};

const nodeAt = (whole: string, path: readonly string[]): Node | undefined => {
  let node = treeOf(whole);
  for (const key of path) node = memberOf(node, key);
  return node;
};

/** Of a key that is there twice the last counts, as it does for a parser. */
const memberOf = (node: Node | undefined, key: string): Node | undefined => {
  if (node?.type !== 'object') return undefined;
  const member = node.children?.findLast(({ children }) => children?.[0]?.value === key);
  return member?.children?.[1];
};

const treeOf = (whole: string): Node | undefined => {
  const errors: ParseError[] = [];
  try {
    const tree = parseTree(whole, errors, { disallowComments: true });
    return errors.length === 0 ? tree : undefined;
  } catch (thrown) {
    // It reads what is nested by calling itself; nobody sends us a thousand levels that mean anything.
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
};

const pieceOf = (whole: string, { offset, length }: Node): Piece => {
  const text = whole.slice(offset, offset + length);
  return { text, value: JSON.parse(text) as unknown };
};

export const parsedJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(textOf(bytes)) as unknown;
  } catch {
    return undefined;
  }
};

/** A piece as the body of its own, inside what the provider puts around a single one. */
export const bodyOfPiece = ({ text }: Piece, wrapper?: string): Uint8Array =>
  // Not the shared memory of short texts: a body is kept longer than its page.
  new Uint8Array(utf8(wrapper === undefined ? text : `{${JSON.stringify(wrapper)}:${text}}`));
