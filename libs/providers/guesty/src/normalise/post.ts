import type { GuestMessageObservedV1, GuestMessageObservedV1Personal } from '#libs/contracts';
import { type Foreign, instant, listOf, nonEmpty, objectOf, present, text } from '#libs/foreign';

import { entityOf, type GuestyReport } from './report.js';
import { channelOf, phrase } from './words.js';

type Author = NonNullable<GuestMessageObservedV1['author']>;
type Attachments = NonNullable<GuestMessageObservedV1Personal['attachments']>;

/** One message, from any of its places: a webhook, the thread beside it, or the API. */
export interface Post {
  readonly attachments: Attachments;
  readonly author: Author | undefined;
  readonly authorName: string | undefined;
  readonly channel: string | undefined;
  /** Missing where the body is empty: a picture, or told before it was there. */
  readonly body: string | undefined;
  readonly id: string | undefined;
  readonly sentAt: number | undefined;
  readonly subject: string | undefined;
  readonly addressed: Readonly<Record<'bcc' | 'cc' | 'to', string[] | undefined>>;
}

export const postOf = (report: GuestyReport, post: Foreign): Post => {
  const module = objectOf(post.module);
  const from = objectOf(post.from);
  const channel = channelOf(module?.type ?? post.module);
  const body = text(post.body);
  return {
    addressed: {
      bcc: addressesOf(post.bcc ?? module?.bcc),
      cc: addressesOf(post.cc ?? module?.cc),
      to: addressesOf(post.to ?? module?.to),
    },
    attachments: attachmentsOf(post.attachments),
    author: authorOf(report, post, channel),
    authorName: text(from?.fullName) ?? text(from?.name),
    body: body?.trim() ? body : undefined,
    channel,
    id: entityOf(report, post.postId ?? post._id),
    sentAt: instant(post.createdAt) ?? instant(post.sentAt),
    subject: text(post.subject) ?? text(module?.subject),
  };
};

/** A webhook says who wrote in `type`, the API in `sentBy` and `from.type`. */
const kinds: ReadonlyMap<string, Author['kind']> = new Map<string, Author['kind']>([
  ['automation', 'automation'],
  ['employee', 'host'],
  ['fromautomation', 'automation'],
  ['fromguest', 'guest'],
  ['fromhost', 'host'],
  ['fromowner', 'owner'],
  ['fromthirdparty', 'other'],
  ['guest', 'guest'],
  ['host', 'host'],
  ['log', 'system'],
  ['owner', 'owner'],
  ['system', 'system'],
  ['toguest', 'host'],
  ['tohost', 'guest'],
  ['user', 'host'],
]);

const authorOf = (
  report: GuestyReport,
  post: Foreign,
  channel: string | undefined,
): Author | undefined => {
  const from = objectOf(post.from);
  const kind = kindOf(post, from, channel);
  if (kind === undefined) return undefined;
  const colleague =
    kind === 'host'
      ? entityOf(report, from?._id ?? from?.id ?? from?.userId ?? post.userId)
      : undefined;
  return present({ colleague, kind });
};

const kindOf = (
  post: Foreign,
  from: Foreign | undefined,
  channel: string | undefined,
): Author['kind'] | undefined => {
  if (post.isAutomatic === true || objectOf(post.automation)) return 'automation';
  const words = [post.type, from?.type, post.sentBy].map(phrase).filter((one) => one !== undefined);
  for (const one of words) {
    const kind = kinds.get(one);
    if (kind !== undefined) return kind;
  }
  // What the provider writes into a conversation by itself.
  if (channel === 'log') return 'system';
  return words.length > 0 ? 'other' : undefined;
};

const addressesOf = (value: unknown): string[] | undefined =>
  nonEmpty((listOf(value) ?? []).flatMap((one) => text(one) || []));

/** An address alone, or with a name. */
const attachmentsOf = (value: unknown): Attachments =>
  (listOf(value) ?? []).map((item) => {
    const one = objectOf(item) ?? { url: item };
    return present({
      name: text(one.name) ?? text(one.fileName),
      url: text(one.url) ?? text(one.link),
    });
  });
