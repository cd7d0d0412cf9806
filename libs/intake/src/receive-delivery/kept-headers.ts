import type { Provider } from '#libs/ports/provider';

type Headers = Readonly<Record<string, string>>;
type HeaderRules = Pick<Provider, 'proofHeaders' | 'headers'>;

const ALWAYS_KEPT: ReadonlySet<string> = new Set(['content-type', 'user-agent']);

/** What a later proof or normaliser may need. The rest (cookies, addresses) is not ours to keep. */
export const keptHeaders = (
  headers: Headers,
  { proofHeaders = [], headers: wanted }: HeaderRules,
): Record<string, string> => {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (ALWAYS_KEPT.has(name) || proofHeaders.includes(name) || wanted?.test(name))
      kept[name] = value;
  return kept;
};

/** Eight signatures of a rotation need less than half of this. */
const MOST_PROOF_CHARACTERS = 4096;
/** Enough to see what it is; a stranger may send 14 kB of it. */
const MOST_OTHER_BYTES = 200;
const MOST_HEADERS = 16;

/**
 * The headers of what nobody could prove. Those that the proof reads stay whole, or all go when they are
 * larger than any provider's. Each other one is cut, so a stranger's request never stores more than 8 KiB of headers.
 */
export const quarantinedHeaders = (
  headers: Headers,
  rules: HeaderRules,
): Record<string, string> => {
  const { proofHeaders = [] } = rules;
  const proof = proofHeaders.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, headers[name]] as const],
  );
  const characters = proof.reduce((sum, [, value]) => sum + value.length, 0);
  const kept = Object.fromEntries(characters <= MOST_PROOF_CHARACTERS ? proof : []);
  let count = Object.keys(kept).length;
  for (const [name, value] of Object.entries(keptHeaders(headers, rules))) {
    if (count >= MOST_HEADERS) break;
    if (proofHeaders.includes(name)) continue;
    kept[name] = cut(value);
    count += 1;
  }
  return kept;
};

const encoder = new TextEncoder();
const scratch = new Uint8Array(MOST_OTHER_BYTES);

/** Whole characters within the bytes; three bytes a character are the most. */
const cut = (text: string): string =>
  text.length * 3 <= MOST_OTHER_BYTES
    ? text
    : text.slice(0, encoder.encodeInto(text, scratch).read);
