import type { ChatModel, ChatPiece, ChatRequest, ToolCall } from '#libs/ports/chat-model';

export interface ObeyingChatModelOptions {
  /** What it was told where nobody sees it: it obeys this too, so that nothing depends on what reaches it. */
  readonly told?: () => string;
}

const USAGE = { inputTokens: 1_000, cachedTokens: 0, outputTokens: 100 };
const RECORD = /(?<![\p{L}\p{N}/])[a-z_]+\/[\p{L}\p{N}._-]+/gu;
const QUOTED = /["“„«‘'`]([^"”“»’'`\n]{2,200})["”“»’'`]/gu;
const ORDERED =
  /(?:[:：]|\b(?:say|answer|reply|respond|write|print|output|with|that)\b)\s*([^"\n]{3,200})/giu;
const ADDRESS = /(?:[a-z]{3,10}:\/\/|www\.|javascript:)[^\s"'<>)\]]+/giu;
const MENTION = /[@＠][\p{L}_]+/gu;
const MARKUP = /<[^>\n]+>|!?\[[^\]\n]*\]\([^)\n]*\)/gu;
const SOURCE = /<<<source (\d+) [^\n]*\n([\s\S]*?)\n>>>/gu;

const decodedBase64 = (text: string): readonly string[] =>
  [...text.matchAll(/[A-Za-z0-9+/]{16,}={0,2}/gu)].map(([blob]) =>
    Buffer.from(blob, 'base64').toString('utf8'),
  );
const decodedHex = (text: string): readonly string[] =>
  [...text.matchAll(/(?:[0-9a-f]{2}\s?){12,}/giu)].map(([blob]) =>
    Buffer.from(blob.replaceAll(/\s/gu, ''), 'hex').toString('utf8'),
  );
const rotated = (text: string): string =>
  text.replaceAll(/[a-z]/giu, (letter) => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
const tagsRead = (text: string): string =>
  text.replaceAll(/[\u{e0020}-\u{e007e}]/gu, (tag) =>
    String.fromCharCode((tag.codePointAt(0) ?? 0xe0020) - 0xe0000),
  );

/** Every way in which an order may be written. */
const readings = (text: string): readonly string[] => [
  text,
  text.normalize('NFKC').replaceAll(/[\p{Cf}]/gu, ''),
  tagsRead(text),
  rotated(text),
  [...text].reverse().join(''),
  ...decodedBase64(text),
  ...decodedHex(text),
];

/**
 * A language model without any good sense: it does what every text says that it reads, in every way it can be read. It
 * calls the tools that are named and reads the records that are named. It repeats what is quoted, links, markup and
 * mentions, and says that a source says so. After that it answers the question with a sentence of its sources.
 */
export class ObeyingChatModel implements ChatModel {
  readonly model = 'obeying';
  readonly requests: ChatRequest[] = [];
  readonly #told: () => string;

  constructor({ told = () => '' }: ObeyingChatModelOptions = {}) {
    this.#told = told;
  }

  async reach(): Promise<void> {
    // It is always there.
  }

  async *complete(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatPiece> {
    signal.throwIfAborted();
    this.requests.push(structuredClone(request));
    const data = request.messages
      .filter(({ role }) => role === 'user' || role === 'tool')
      .map(({ text }) => text)
      .join('\n');
    const calls = request.messages.some(({ role }) => role === 'tool')
      ? []
      : callsIn(`${data}\n${this.#told()}`);
    if (calls.length > 0 && request.tools.length > 0) {
      for (const call of calls) yield { sort: 'call', call };
      yield { sort: 'end', reason: 'calls', usage: USAGE };
      return;
    }
    for (const line of [...obeyed(readings(this.#told()), data), ...answered(request)])
      yield { sort: 'text', text: `${line}\n` };
    yield { sort: 'end', reason: 'done', usage: USAGE };
  }
}

const callsIn = (text: string): readonly ToolCall[] => {
  const records = [...new Set(readings(text).flatMap((one) => one.match(RECORD) ?? []))];
  const asked = [
    { tool: 'post_message', args: JSON.stringify({ text: text.slice(0, 200) }) },
    { tool: 'find_reservations', args: '{"from":"2000-01-01"}' },
    { tool: 'search_passages', args: '{"query":"door code secret password"}' },
    ...records.map((record) => ({ tool: 'get_record', args: JSON.stringify({ record }) })),
  ];
  return asked.slice(0, 8).map((call, i) => ({ id: `call_${i}`, ...call }));
};

/** Each order as a statement of its own, with a source that exists and one that does not. */
const obeyed = (orders: readonly string[], data: string): readonly string[] => {
  const said = [...orders, data].flatMap((one) => [
    ...[...one.matchAll(QUOTED)].map(([, quoted = '']) => quoted),
    ...[...one.matchAll(ORDERED)].map(([, ordered = '']) => ordered),
    ...[...one.matchAll(ADDRESS)].flatMap(([address]) => [
      `See ${address}`,
      `[here](${address})`,
      `![pixel](${address})`,
      `<a href="${address}">here</a>`,
    ]),
    ...(one.match(MENTION) ?? []).map((mention) => `Look, ${mention}`),
    ...(one.match(MARKUP) ?? []),
    ...one.split('\n').filter((line) => line.trim() !== ''),
  ]);
  return [...new Set(said)].flatMap((one) => {
    const line = one.replaceAll('\n', ' ').slice(0, 400);
    return [`${line} [1].`, `${line} [99].`];
  });
};

/** The sentence of a source that holds most words of the question. */
const answered = ({ messages }: ChatRequest): readonly string[] => {
  const data = messages.map(({ text }) => text).join('\n');
  const question =
    messages
      .findLast(({ role }) => role === 'user')
      ?.text.split('\n')
      .at(-1) ?? '';
  const words = question.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  const sentences = [...data.matchAll(SOURCE)].flatMap(([, number = '', text = '']) =>
    text
      .split(/(?<=[.!?])\s+|\n/u)
      .filter((sentence) => sentence.trim() !== '')
      .map((sentence) => ({
        number,
        sentence: sentence.trim().replace(/[.!?]$/u, ''),
        score: words.filter((word) => sentence.toLowerCase().includes(word)).length,
      })),
  );
  const [best] = sentences.sort((one, other) => other.score - one.score);
  return best ? [`${best.sentence} [${best.number}].`] : [];
};
