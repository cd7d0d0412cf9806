/** The part of JSON Schema that our own schemas come out as. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
}

const MOST_CHOICES = 12;

/** A schema as people read types: `{ items: { id: string }[], next: string | null }`. */
export const typeText = (schema: Schema, depth = 0): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return choices(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.anyOf) return choices(schema.anyOf.map((one) => typeText(one, depth)));
  if (schema.items) return `${grouped(typeText(schema.items, depth))}[]`;
  if (schema.properties || schema.type === 'object') return objectText(schema, depth);
  return `${named(schema)}${bounds(schema)}`;
};

const choices = (texts: readonly string[]): string => {
  // Choices inside a choice: each is said once.
  const distinct = [
    ...new Set(texts.flatMap((text) => (text.includes('{') ? [text] : text.split(' | ')))),
  ];
  const shown = distinct.slice(0, MOST_CHOICES);
  return [...shown, ...(distinct.length > MOST_CHOICES ? ['…'] : [])].join(' | ');
};

const grouped = (text: string): string =>
  text.includes(' | ') && !text.startsWith('{') ? `(${text})` : text;

const named = ({ type, format }: Schema): string => {
  if (format === 'date-time') return 'time';
  if (format === 'date') return 'date';
  return typeof type === 'string' ? type : (type?.join(' | ') ?? 'anything');
};

const bounds = ({ type, minimum, maximum, default: byDefault }: Schema): string => {
  if (type !== 'integer' || byDefault === undefined) return '';
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  return isBounded ? ` ${minimum}–${maximum}, else ${byDefault}` : `, else ${byDefault}`;
};

const objectText = (schema: Schema, depth: number): string => {
  const { properties = {}, required = [], additionalProperties } = schema;
  const members = Object.entries(properties).map(
    ([name, member]) =>
      `${name}${required.includes(name) ? '' : '?'}: ${typeText(member, depth + 1)}`,
  );
  const open = typeof additionalProperties === 'object';
  if (open) members.push(members.length > 0 ? '…' : `[name]: ${typeText(additionalProperties)}`);
  if (members.length === 0) return '{}';
  const indent = '  '.repeat(depth + 1);
  return `{\n${members.map((member) => indent + member).join(',\n')}\n${'  '.repeat(depth)}}`;
};
