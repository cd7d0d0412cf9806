import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What stands in the samples, and the person nobody else is called like who stands there instead. */
const replacements: readonly (readonly [sample: string, mark: string])[] = [
  ['Maya', 'Zephyrine'],
  ['Osei', 'Quillfeather'],
  ['maya.osei@example.com', 'zephyrine@quillfeather.example'],
  ['+44 7700 900123', '+44 7700 900987'],
  ['Guest at Quay Loft', 'Keeps herons at Quay Loft'],
  ['Guest could not open the key safe', 'The key lies under the seventh flowerpot'],
  ['Ines Carvalho', 'Oswaldine Brackenbury'],
  ['ines.carvalho@harbourstays.example', 'oswaldine@brackenbury.example'],
  ['recordings/call-4190001001.mp3', 'recordings/heard-by-nobody.mp3'],
  ['the key safe code does not work', 'the herons are at the flowerpot'],
  ['The key safe will not open', 'The herons broke the flowerpot'],
  ['Caller asked for a person', 'Caller asked about the herons'],
  ['HMXQ2P9T4R', 'flowerpot-7'],
];

/** What may be met of that person, however it is written; the shortest forms, so that any form holds one. */
const marks = [
  'Zephyrine',
  'zephyrine',
  'Quillfeather',
  'quillfeather',
  '7700 900987',
  '7700900987',
  'herons',
  'flowerpot',
  'Oswaldine',
  'oswaldine',
  'Brackenbury',
  'brackenbury',
  'heard-by-nobody',
] as const;

/** Whole values, whose plain hash would name them to anyone with a list of guesses. */
const guessable = [
  'Zephyrine',
  'Zephyrine Quillfeather',
  'zephyrine@quillfeather.example',
  '+447700900987',
  '+44 7700 900987',
  'oswaldine@brackenbury.example',
];

/** The middle of each of the three ways in which base64 may write something within other bytes. */
const base64Forms = (text: string): string[] =>
  [0, 1, 2].map((shift) => {
    const written = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64');
    return written.slice(4, 4 * Math.floor((shift + text.length) / 3));
  });

const forms: readonly (readonly [mark: string, form: Buffer])[] = [
  ...marks.flatMap((mark) => [
    [mark, Buffer.from(mark)] as const,
    [`${mark} (UTF-16)`, Buffer.from(mark, 'utf16le')] as const,
    ...base64Forms(mark).map((form) => [`${mark} (base64)`, Buffer.from(form)] as const),
  ]),
  ...guessable.flatMap((value) => {
    const hash = createHash('sha256').update(value).digest();
    return [hash, Buffer.from(hash.toString('hex')), Buffer.from(hash.toString('base64url'))].map(
      (form) => [`${value} (hashed)`, form] as const,
    );
  }),
];

/** Which marks stand in there. */
export const marksIn = (content: string | Uint8Array): string[] => {
  const bytes =
    typeof content === 'string'
      ? Buffer.from(content)
      : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return [...new Set(forms.flatMap(([mark, form]) => (bytes.includes(form) ? [mark] : [])))];
};

interface Changes {
  readonly event?: string;
  /** Of the call, contact or colleague it is about. */
  readonly id?: number;
  readonly secondsLater?: number;
}

/** Puts the marks of a person into a sample. */
export const markedAs =
  (pairs: readonly (readonly [sample: string, mark: string])[]) =>
  (text: string): string =>
    pairs.reduce((written, [from, to]) => written.replaceAll(from, to), text);

/** A sample of Aircall's in which everything personal is a mark. */
export const markedBody = (sample: string, token: string, changes: Changes = {}): string => {
  const file = new URL(`../../fixtures/aircall/${sample}.json`, import.meta.url);
  const text = markedAs(replacements)(readFileSync(file, 'utf8'));
  const body = JSON.parse(text) as {
    event: string;
    timestamp: number;
    token: string;
    data: { id: number };
  };
  body.token = token;
  body.event = changes.event ?? body.event;
  body.timestamp += changes.secondsLater ?? 0;
  body.data.id = changes.id ?? body.data.id;
  return JSON.stringify(body);
};

/** Of the colleague who answered, whom nobody asks to forget. */
export const isOfColleague = (mark: string): boolean => /oswaldine|brackenbury/i.test(mark);
