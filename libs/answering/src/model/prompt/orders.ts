import type { RateSentences } from '../../extract/best-sentences.js';
import type { PlacedPiece } from '../check/clauses.js';

/** Verbs that put aside what was said before, in the eight languages. */
const PUT_ASIDE =
  'ignor\\p{L}*|disregard|forget|override|bypass|overlook|vergiss|vergessen|missachte\\p{L}*|oublie\\p{L}*|olvida\\p{L}*|omite|dimentica\\p{L}*|negeer|vergeet|zignoruj\\p{L}*|pomiń|zapomnij|esqueça\\p{L}*|desconsidere';
/** What a model was told, or what it is. */
const TOLD =
  'instru[ckz]\\p{L}*|istruzion\\p{L}*|anweisung\\p{L}*|vorgaben|directives?|consignes?|prompts?|guidelines?|policies|polecen\\p{L}*|previous|prior|preceding|above|earlier|vorherige\\p{L}*|vorige\\p{L}*|obige\\p{L}*|bisherige\\p{L}*|précédent\\p{L}*|anterior\\p{L}*|precedent\\p{L}*|poprzedni\\p{L}*|powyższ\\p{L}*|acima';
/** Verbs that tell a model what to say. */
const SAY =
  'say|answer|reply|respond|output|print|write|repeat|echo|state|claim|antworte|antworten sie|sag|sage|sagen sie|schreib|schreibe|schreiben sie|wiederhole|gib aus|réponds|répondez|dites|écris|écrivez|répète|responde|responda|contesta|diga|escribe|escreva|repite|repita|rispondi|scrivi|ripeti|antwoord|zeg|schrijf|herhaal|odpowiedz|powiedz|napisz|powtórz';
const WHAT =
  '(?:[^.!?\\n]{0,60}?(?:[:"“„«»‘`]|\'(?=\\p{L}))|\\s(?:only|with|exactly|nur|mit|seulement|avec|solo|con|soltanto|alleen|met|tylko|apenas|com)\\s)';

const whole = (source: string, flags = 'iu'): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})`, flags);

/** An order to a machine that reads: no sentence of a note or a guest says these to a person. */
const ORDERS: readonly RegExp[] = [
  whole(`(?:${PUT_ASIDE})(?![\\p{L}])[^.!?\\n]{0,80}(?<![\\p{L}])(?:${TOLD})`),
  whole(
    '(?:you are|you will be|act as|pretend|du bist|tu es|vous êtes|eres|sei|je bent|jesteś|você é)(?![\\p{L}])[^.!?\\n]{0,40}(?:now|jetzt|nun|ab sofort|maintenant|désormais|ahora|ora|nu|teraz|agora|\\bDAN\\b|AI|KI|assistant|assistente|asystent\\p{L}*|chatbot|language model|sprachmodell|developer mode|admin\\p{L}*|unrestricted)',
  ),
  whole(
    '(?:from now on|new (?:instructions?|rules?|task)|developer mode|jailbreak|do anything now|system ?prompt|language model|sprachmodell|as an ai)',
  ),
  whole(
    '(?:reveal|leak|expose|disclose|dump|exfiltrate|verrate|révèle[rz]?|revela|rivela|onthul|ujawnij|revele|list all|show (?:me )?all|gib alle)(?![\\p{L}])[^.!?\\n]{0,60}(?:prompt|instruct\\p{L}*|secret\\p{L}*|password\\p{L}*|codes?|keys?|tokens?|records?|data|geheim\\p{L}*|passw\\p{L}*|datos|dati|dane|segredo\\p{L}*)',
  ),
  /search_passages|find_reservations|find_calls|get_record|tool_?calls?|function_?call|\btool results?\b|\bcall (?:the )?(?:tool|function)\b|\bcit(?:e|ing)\s*[[(]?\d|\bsources?\s*[[(]\s*\d|\bcall\s+`?[a-z]+_[a-z_]+|\{\s*"[^"\n]{1,40}"\s*:/iu,
  /(?<![\p{L}])(?:SYSTEM|ASSISTANT|DEVELOPER|AI)(?: (?:MESSAGE|PROMPT|NOTE|OVERRIDE))?\s*[:>\]]|^\s*(?:#+\s*)?(?:system|assistant|developer)(?: (?:message|prompt|note|override))\s*[:>\]]/u,
  /<\|[^|\n]*\|>|\[\/?(?:INST|SYS|SYSTEM)\]|<<\/?SYS>>|<<<|>>>|<\/?(?:system|assistant|user|tool|source|data)\b/iu,
  /!\[|\]\(|<\s*(?:a|img|script|iframe|svg|form|meta|style)\b|\bjavascript:|\bon(?:error|load|click)\s*=/iu,
  /(?:end|begin|start) of (?:the )?(?:sources?|data|documents?|context|prompt|conversation)/iu,
  /(?:send|post|forward|upload|submit|visit|open|click|schick\p{L}*|envoie|envía|invia|stuur|wyślij|envie)(?![\p{L}])[^\n]{0,80}(?:https?:|www\.)/iu,
  /(?<![\p{L}\p{N}@.])[@＠](?:all|here|channel|everyone|user)(?![\p{L}])/iu,
  // Letters one by one; letters of two alphabets in one word.
  /(?<![\p{L}])(?:\p{L}[ .\-_*]){6,}\p{L}(?![\p{L}])/u,
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u,
  // Tags and signs without width, more than a family of emojis needs.
  /[\u{e0020}-\u{e007f}]{2}|[\u202a-\u202e\u2066-\u2069]|(?:[\p{L}\p{N}][\u200b\u200c\u2060\ufeff]){2}/u,
];

/** What a note may tell a person too: `Say "las del faro" at the desk`. To a model it is an order all the same. */
const SAYING = whole(
  `(?:${SAY})(?![\\p{L}])${WHAT}|(?<=^\\s*|[.!?:]\\s)(?:di|dis)(?![\\p{L}])${WHAT}`,
);

/** What is written so that only a machine reads it. */
const ENCODED =
  /(?<![\p{L}\p{N}+/])[A-Za-z0-9+/]{32,}={0,2}(?![\p{L}\p{N}+/])|(?:(?:0x|\\x|%|\\u00|&#x?)?[0-9a-f]{2,3}[\s;,]?){16,}|(?:[01]{8}\s?){6,}/iu;

const rotated = (text: string): string =>
  text.replaceAll(/[a-z]/giu, (letter) => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });

const turned = (text: string): string => [...text].reverse().join('');

const isOrderIn = (text: string, rules: readonly RegExp[] = [...ORDERS, SAYING]): boolean => {
  const seen = text.normalize('NFKC');
  if (ENCODED.test(seen) || rules.some((order) => order.test(text) || order.test(seen)))
    return true;
  const [first] = ORDERS;
  return first !== undefined && (first.test(rotated(seen)) || first.test(turned(seen)));
};

/** A quotation that an order begins may end sentences later: so far it has begun more often than it ended. */
const isOpen = (text: string): boolean => {
  const count = (signs: RegExp): number => text.match(signs)?.length ?? 0;
  return count(/"/gu) % 2 === 1 || count(/[„«]/gu) > count(/[“”»]/gu);
};

/**
 * Of the sentences of a text, those that order a machine about. They are kept from the model, and no statement rests on
 * them. What holds the model is the check of what it says; this keeps an order from being taken for a fact of a record.
 */
export const ordersAmong = (
  text: string,
  sentences: readonly PlacedPiece[],
  rules?: readonly RegExp[],
): readonly boolean[] => {
  /** What has been said since an order began. */
  let ordered: string | undefined;
  return sentences.map(({ start, end }) => {
    const written = text.slice(start, end);
    if (ordered === undefined && !isOrderIn(written, rules)) return false;
    ordered = `${ordered ?? ''}${written}`;
    // What follows an order in its line belongs to it, and so does what it quotes.
    const isLineOver = written.includes('\n') || /^\s*\n/u.test(text.slice(end));
    if (isLineOver && !isOpen(ordered)) ordered = undefined;
    return true;
  });
};

export const isOrderText = (text: string): boolean => isOrderIn(text);

/** No answer quotes an order to a machine while a source says anything else. */
export const withoutOrders =
  (rate: RateSentences): RateSentences =>
  async (question, passages) =>
    (await rate(question, passages)).map((sentences, i) => {
      const text = passages[i]?.text ?? '';
      const inOrder = [...sentences].sort((one, other) => one.start - other.start);
      const orders = ordersAmong(text, inOrder, ORDERS);
      const kept = new Set(inOrder.filter((_, place) => orders[place] !== true));
      return kept.size > 0 ? sentences.filter((one) => kept.has(one)) : sentences;
    });
