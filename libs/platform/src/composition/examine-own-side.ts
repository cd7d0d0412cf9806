import { asFault, codes, Fault } from '#libs/kernel';
import type { ChatExamination, ChatObstacle } from '#libs/ports/chat';

import type { Process } from './process.js';

type LastHeard = (source: string) => Promise<number | undefined>;

/** What `chat check` says of our own side, in the order in which a person sets it up. */
export const ownSideExaminer =
  (process: Pick<Process, 'parts' | 'settings'>, lastHeard: LastHeard) =>
  async (): Promise<ChatExamination> => {
    const looked = [
      ...publicUrlSaid(process.settings),
      ...staffSaid(process.settings),
      await directorySaid(process.parts),
      await webhookSaid(lastHeard),
      ...modelSaid(process.parts),
    ];
    return {
      obstacles: looked.flatMap(({ kind, text }) =>
        kind === 'well' ? [] : [{ kind, side: 'platform', text }],
      ),
      well: looked.flatMap(({ kind, text }) => (kind === 'well' ? [text] : [])),
    };
  };

interface LookedAt {
  readonly kind: ChatObstacle['kind'] | 'well';
  readonly text: string;
}

const well = (text: string): LookedAt => ({ kind: 'well', text });
const missing = (text: string): LookedAt => ({ kind: 'missing', text });
const advice = (text: string): LookedAt => ({ kind: 'advice', text });

const publicUrlSaid = ({ operations }: Process['settings']): readonly LookedAt[] =>
  operations.publicUrl
    ? [well(`Sources are links to ${operations.publicUrl}.`)]
    : [
        advice(
          'INNKEEPER_PUBLIC_URL is not set, so answers name their sources without links. Set the address at which colleagues reach the platform.',
        ),
      ];

const staffSaid = ({ chat }: Process['settings']): readonly LookedAt[] =>
  chat.staff.length > 0
    ? [well('It is set who is staff.')]
    : [
        advice(
          'INNKEEPER_ROCKETCHAT_STAFF is not set, so nobody is staff, and no answer uses records of the business. Set roles, or room:<name>.',
        ),
      ];

const directorySaid = async ({ directory }: Process['parts']): Promise<LookedAt> => {
  try {
    await directory.reach();
    return well('It can be asked who may read what.');
  } catch (thrown) {
    const { code, cause, retryAfterMs = 60_000 } = asFault(thrown);
    // Nothing is away, and nothing has to be mended on our side: it passes when the wait is over.
    if (cause instanceof Fault && cause.code === 'OUTBOUND_THROTTLED')
      return missing(
        `Nobody can be told now who may read what: the chat asked us to wait, for ${Math.ceil(retryAfterMs / 1_000)} s. Look again then.`,
      );
    return missing(`Nobody can be told now who may read what (${code}). ${codes[code].remedy}`);
  }
};

const webhookSaid = async (lastHeard: LastHeard): Promise<LookedAt> => {
  const at = await lastHeard('rocketchat');
  return at === undefined
    ? advice(
        'No outgoing integration has been heard yet. Write a message that asks, in a room of the integration, and check again.',
      )
    : well(`An outgoing integration was heard at ${new Date(at).toISOString()}.`);
};

const modelSaid = ({ chatModel }: Process['parts']): readonly LookedAt[] =>
  chatModel
    ? [well('A language model writes the answers.')]
    : [
        advice(
          'No language model is set (INNKEEPER_CHAT_MODEL_KIND), so answers are the sentences that fit best.',
        ),
      ];
