import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Of ONNX, which is protobuf: a field is its number and sort, then its value. */
const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
};
const number = (field: number, value: number): Buffer =>
  Buffer.from([...varint(field * 8), ...varint(value)]);
const bytes = (field: number, value: Uint8Array | string): Buffer => {
  const content = Buffer.from(value as string);
  return Buffer.concat([
    Buffer.from([...varint(field * 8 + 2), ...varint(content.length)]),
    content,
  ]);
};
const message = (field: number, ...parts: Buffer[]): Buffer => bytes(field, Buffer.concat(parts));

const FLOAT = 1;
const INT64 = 7;
const tensorNamed = (
  field: number,
  name: string,
  sort: number,
  dims: (string | number)[],
): Buffer => {
  const shape = dims.map((dim) =>
    message(1, typeof dim === 'number' ? number(1, dim) : bytes(2, dim)),
  );
  return message(
    field,
    bytes(1, name),
    message(2, message(1, number(1, sort), message(2, ...shape))),
  );
};

const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].concat(
  'where is the password of wifi fridge on in kitchen pool closes at nine check from pm and key box by door dogs are welcome for a fee parking street 3'.split(
    ' ',
  ),
);
const DIMENSION = 64;

/** Each word looks up a row of numbers that have no pattern; the marks of the tokenizer mean nothing. */
const table = (): Buffer => {
  const rows = words.flatMap((word, i) =>
    Array.from({ length: DIMENSION }, (_, at) =>
      i < 4
        ? i === 1
          ? 0.01
          : 0
        : createHash('sha256').update(`${word} ${at}`).digest().readInt32LE() / 2 ** 31,
    ),
  );
  return Buffer.from(Float32Array.from(rows).buffer);
};

const graph = (): Buffer =>
  Buffer.concat([
    number(1, 8),
    message(
      7,
      message(
        1,
        bytes(1, 'table'),
        bytes(1, 'input_ids'),
        bytes(2, 'last_hidden_state'),
        bytes(4, 'Gather'),
      ),
      bytes(2, 'tiny'),
      message(
        5,
        number(1, words.length),
        number(1, DIMENSION),
        number(2, FLOAT),
        bytes(8, 'table'),
        bytes(9, table()),
      ),
      tensorNamed(11, 'input_ids', INT64, ['batch', 'length']),
      tensorNamed(11, 'attention_mask', INT64, ['batch', 'length']),
      tensorNamed(12, 'last_hidden_state', FLOAT, ['batch', 'length', DIMENSION]),
    ),
    message(8, bytes(1, ''), number(2, 13)),
  ]);

const special = (id: number) => ({
  id,
  content: words[id],
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});
const tokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [0, 1, 2, 3].map(special),
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(words.map((word, i) => [word, i])),
  },
};

/** A model of thirty words, as the hub would have it. */
export const tinyModelFiles = (): ReadonlyMap<string, Buffer> =>
  new Map([
    ['README.md', Buffer.from('# Not needed')],
    [
      'config.json',
      Buffer.from(
        JSON.stringify({
          model_type: 'bert',
          architectures: ['BertModel'],
          hidden_size: DIMENSION,
          vocab_size: words.length,
        }),
      ),
    ],
    ['tokenizer.json', Buffer.from(JSON.stringify(tokenizer))],
    [
      'tokenizer_config.json',
      Buffer.from(
        JSON.stringify({
          tokenizer_class: 'BertTokenizer',
          model_max_length: 512,
          pad_token: '[PAD]',
          unk_token: '[UNK]',
          cls_token: '[CLS]',
          sep_token: '[SEP]',
        }),
      ),
    ],
    ['onnx/model.onnx', graph()],
  ]);

export const sha256 = (content: Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** With SHA256SUMS, as somebody without internet carries it in. */
export const writeTinyModel = (folder: string): void => {
  const files = tinyModelFiles();
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const sums = [...files].map(([path, content]) => `${sha256(content)}  ${path}\n`);
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
};
