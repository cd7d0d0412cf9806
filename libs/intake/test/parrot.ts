import { textOf, utf8, type JsonObject } from '#libs/kernel';
import type { Normalised, Provider } from '#libs/ports/provider';

/** Its signatures are old after so long, by the time of receipt. */
export const WINDOW_MS = 5 * 60_000;
export const TOLD_AT = 1_789_377_124_000;

/** What a body may ask for, so that a spec says in one place what comes in and what becomes of it. */
type Said = JsonObject & {
  readonly throws?: true;
  readonly nonsense?: true;
  readonly canary?: number;
  readonly things?: readonly string[];
  /** So many characters of text in each fact. */
  readonly long?: number;
};

/**
 * A provider for tests. It signs in a header and gives its messages ids. Its normaliser can be a newer one that sees
 * more, or one with a mistake in it.
 */
export const parrot = ({ normaliser = 1, mended = false } = {}): Provider => ({
  name: 'parrot',

  secrets: { ending: 'SECRETS', means: 'What it signs with.', expects: 'a word', fits: /./ },
  proofHeaders: ['webhook-id', 'webhook-signature', 'webhook-timestamp'],

  prove: ({ headers, receivedAt }, { secrets, withinMs = WINDOW_MS }) => {
    const signed = secrets.some((secret) => secret.reveal() === headers['webhook-signature']);
    const at = Number(headers['webhook-timestamp'] ?? receivedAt);
    if (!signed) return { proved: false, code: 'INTAKE_TOKEN_INVALID' };
    if (Math.abs(receivedAt - at) > withinMs)
      return { proved: false, code: 'INTAKE_SIGNATURE_EXPIRED' };
    const messageId = headers['webhook-id'];
    return { proved: true, sourceTime: TOLD_AT, ...(messageId !== undefined && { messageId }) };
  },

  normalise: ({ account, body }): Normalised => {
    const said = body[0] === OPEN ? (JSON.parse(textOf(body)) as Said) : {};
    if (said.throws && !mended) throw new TypeError('the normaliser stumbles');
    if (said.nonsense) return { understood: false, reason: 'nonsense', event: 'parrot.squawked' };
    if (said.canary !== undefined) return { understood: true, canary: true, sentAt: said.canary };
    return {
      understood: true,
      observations: (said.things ?? ['seed']).map((thing) => ({
        type: 'intake.contact.observed.v1',
        stream: `contact/parrot.${account}.${thing}`,
        occurredAt: TOLD_AT,
        data: { normaliser, rank: 1, thing },
        personal: { text: 'polly '.repeat(said.long ?? 1) },
      })),
    };
  },

  sign: (payload, secret) => ({
    headers: { 'webhook-signature': secret.reveal() },
    body: utf8(JSON.stringify(payload)),
  }),

  canary: (sentAt) => ({ canary: sentAt }),
});

const OPEN = '{'.charCodeAt(0);
