import type { Json } from '#libs/kernel';

/**
 * JSON as lines that people read: `customer name: Zofia`. Names are written as words. What only machines read, such as
 * an empty value, is left out.
 */
export const linesOfJson = (json: Json): string => linesIn(json, []).join('\n');

const linesIn = (json: Json, names: readonly string[]): readonly string[] => {
  if (json === null || json === '') return [];
  if (typeof json !== 'object') return [lineOf(names, String(json))];
  if (!Array.isArray(json))
    return Object.entries(json).flatMap(([name, inner]) =>
      linesIn(inner, [...names, wordsOf(name)]),
    );
  const list = json as readonly Json[];
  const plain = list.filter((one) => typeof one !== 'object' && one !== '');
  return [
    ...(plain.length > 0 ? [lineOf(names, plain.map(String).join(', '))] : []),
    ...list.filter((one) => typeof one === 'object').flatMap((one) => linesIn(one, names)),
  ];
};

/** The last two names say what it is; the ones above are mostly the same in every line. */
const lineOf = (names: readonly string[], value: string): string =>
  names.length === 0 ? value : `${names.slice(-2).join(' ')}: ${value}`;

/** `firstName` and `first_name` are `first name`. */
const wordsOf = (name: string): string =>
  name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/[_\-.]+/gu, ' ')
    .trim()
    .toLowerCase();
