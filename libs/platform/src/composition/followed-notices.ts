import type { FollowedReaders } from '#libs/intake';
import { followedNotices, type FollowedNotices } from '#libs/providers/generic';

import type { FollowedSetting } from '../settings/follow.js';
import type { Settings } from '../settings/read-settings.js';

/** What a setting follows, read as notices. */
export const noticesOf = ({
  name,
  collection,
  fields,
  subject,
}: FollowedSetting): FollowedNotices =>
  followedNotices(name, {
    collection,
    // Of the chosen fields alone nobody could read the subject, were it not among them.
    ...(fields && { fields: subject === undefined ? fields : withPath(fields, subject) }),
    ...(subject !== undefined && { subject: pointerOf(subject) }),
  });

const withPath = (fields: readonly string[], path: string): readonly string[] =>
  fields.some((field) => path === field || path.startsWith(`${field}.`))
    ? fields
    : [...fields, path];

/** Paths are MongoDB’s; a name with a slash in it is one name. */
const pointerOf = (path: string): string =>
  path
    .split('.')
    .map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');

/** How their deliveries are read, by the names that the setting gives. */
export const followedReaders = ({ follow }: Pick<Settings, 'follow'>): FollowedReaders =>
  new Map(
    follow.collections.map((one) => {
      const notices = noticesOf(one);
      return [one.name, { account: 'main', normalise: (input) => notices.normalise(input) }];
    }),
  );
