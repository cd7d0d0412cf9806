/** A turn that a tired reader with English as a second language stumbles over. */
export interface BannedTurn {
  readonly turn: RegExp;
  /** What to say instead. */
  readonly say: string;
  /** A sentence that the rule refuses. */
  readonly refuses: string;
}

/** Data of the rule about plain English: a new turn is one entry here. */
export const bannedTurns: readonly BannedTurn[] = [
  { turn: /\banew\b/i, say: 'again', refuses: 'The list is read anew.' },
  { turn: /\bafresh\b/i, say: 'again, from the start', refuses: 'The import begins afresh.' },
  { turn: /\bwhoever\b/i, say: 'who, each one who', refuses: 'Whoever holds it may write.' },
  { turn: /\bwhatever\b/i, say: 'all that, any', refuses: 'It keeps whatever comes.' },
  { turn: /\bwhichever\b/i, say: 'the one that', refuses: 'Whichever is first wins.' },
  { turn: /\bwherever\b/i, say: 'where', refuses: 'Wherever it runs, it waits.' },
  { turn: /\bwhence\b/i, say: 'where from', refuses: 'It asks whence it came.' },
  { turn: /\bhence\b/i, say: 'so', refuses: 'Hence it is read twice.' },
  { turn: /\bthus\b/i, say: 'so', refuses: 'Thus nothing is lost.' },
  { turn: /\blest\b/i, say: 'so that … not', refuses: 'It waits, lest it repeats.' },
  { turn: /\bheed(s|ed|ing)?\b/i, say: 'follow, read', refuses: 'It heeds the header.' },
  { turn: /\bborne\b/i, say: 'carried, had', refuses: 'A mail borne by two guests.' },
  { turn: /\bbears?\b/i, say: 'has, carries', refuses: 'The letter bears a code.' },
  { turn: /\bof old\b/i, say: 'from before, older', refuses: 'It reads the names of old.' },
  { turn: /\b(told|tells?|telling) of\b/i, say: 'says about', refuses: 'It tells of a call.' },
  { turn: /\b(comes?|came) of (it|them)\b/i, say: 'follows', refuses: 'What comes of it is kept.' },
  { turn: /\bthe way of\b/i, say: 'the path of', refuses: 'It goes the way of all others.' },
  { turn: /\bspeaks? for\b/i, say: 'stands for', refuses: 'A contact speaks for nobody.' },
  { turn: /\bin passing\b/i, say: 'for a short time', refuses: 'What failed in passing.' },
  { turn: /\bit is worth\b/i, say: 'say why', refuses: 'More than it is worth.' },
  { turn: /\bnone of ours\b/i, say: 'not ours', refuses: 'The key is none of ours.' },
  { turn: /\b(is|are) to be\b/i, say: 'must be, will be', refuses: 'The key is to be kept.' },
  { turn: /\bfor ever\b/i, say: 'forever', refuses: 'A fact is kept for ever.' },
  { turn: /\bnewest word\b/i, say: 'newest value', refuses: 'The newest word wins.' },
  { turn: /\bpolitely\b/i, say: 'say how', refuses: 'It asks the provider politely.' },
  { turn: /\b(upon|albeit|hitherto|thereof)\b/i, say: 'a plain word', refuses: 'It acts upon it.' },
];

/** The longest sentence that may stand. */
export const longestSentence = 30;

/** Files that may say some of the turns, each with its reason. */
export const mayStand: Readonly<Record<string, { readonly says: RegExp; readonly why: string }>> = {
  'libs/ports/bus/README.md': { says: /^whatever$/i, why: 'It quotes titles of tests.' },
  'libs/ports/documents/README.md': {
    says: /^(whatever|whoever|anew)$/i,
    why: 'It quotes titles of tests.',
  },
  'libs/ports/job-queue/README.md': { says: /^whatever$/i, why: 'It quotes titles of tests.' },
};

/** Texts that are made by a machine or frozen: what they are made from is read instead. */
export const notRead: readonly { readonly path: RegExp; readonly why: string }[] = [
  {
    path: /^(?:apps\/(?:api|llm-responder)\/src\/pages\/\w+-(?:page|script)|libs\/platform\/src\/pages\/scripted-page)\.ts$/,
    why: 'Scripts and styles of pages are one text each to the reader of messages.',
  },
  { path: /^docs\/reference\//, why: 'Made by npm run gen from the code.' },
  { path: /^libs\/contracts\/frozen\//, why: 'Frozen: never edited.' },
  { path: /^apps\/api\/src\/pages\/(docs-)?look\.ts$/, why: 'Style sheets, no English.' },
];
