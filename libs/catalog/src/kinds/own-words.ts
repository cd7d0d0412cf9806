/** How a mail client begins and ends the sentence above what is answered, in the languages that guests write. */
const sentences = [
  ['On', 'wrote'],
  ['Am', 'schrieb'],
  ['Le', 'a écrit'],
  ['El', 'escribió'],
  ['Il', 'ha scritto'],
  ['Op', 'schreef'],
  ['W dniu', 'napisał(?:\\(a\\)|a)?'],
  ['Em', 'escreveu'],
] as const;

/** The name may come before the verb or after it, and the sentence may be broken into three lines. */
const ANSWERED = new RegExp(
  sentences
    .map(
      ([from, to]) => `^${from} [^\\n]{4,160}(?:\\n[^\\n]{0,160}){0,2}${to}(?: [^\\n]{0,120})?:$`,
    )
    .join('|'),
  'mu',
);

/** The rule above a whole mail that hangs on an answer. */
const FORWARDED =
  /^[^\S\n]*(?:-{2,}[^\S\n]*(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Weitergeleitete Nachricht|Message d'origine|Mensaje original|Messaggio originale|Oorspronkelijk bericht|Wiadomość oryginalna|Mensagem original)[^\S\n]*-{2,}|_{20,})[^\S\n]*$/imu;

const QUOTED_LINE = /^[^\S\n]*>/u;

/**
 * A mail without the mails that it answers: they are messages of their own, and would be found in each answer again.
 * What is nothing but quoted stays, as a text that was only passed on.
 */
export const ownWords = (text: string): string => {
  const ends = [ANSWERED, FORWARDED].flatMap((sign) => sign.exec(text)?.index ?? []);
  const before = text.slice(0, Math.min(text.length, ...ends));
  const own = before
    .split('\n')
    .filter((line) => !QUOTED_LINE.test(line))
    .join('\n')
    .trim();
  return own === '' ? text : own;
};
