import { allSubscriptions, allTopics, LONGEST_RETENTION_DAYS } from '#libs/contracts';

import { generatedBy, table } from './markdown.js';

const seconds = (ms) => `${ms / 1000} s`;

const topicRows = allTopics.map(({ name, carries, clear }) => [
  `\`${name}\``,
  carries,
  clear ? 'yes' : 'no',
]);

const subscriptionRows = allSubscriptions.map(
  ({ name, role, batch, attempts, ackDeadlineSeconds, backoff, deadLetter, retentionDays }) => [
    `\`${name}\``,
    role,
    batch,
    Number.isFinite(attempts) ? attempts : 'no limit',
    `${ackDeadlineSeconds} s`,
    `${seconds(backoff.first)} to ${seconds(backoff.most)}`,
    `${retentionDays ?? LONGEST_RETENTION_DAYS} days`,
    deadLetter ? `\`${deadLetter.name}\`` : '–',
  ],
);

export const files = () => [
  {
    path: 'docs/reference/topics.md',
    text: [
      generatedBy('libs/contracts/src/topics.ts'),
      '# Topics and subscriptions',
      'On the bus each name stands behind `innkeeper.<environment>.`.',
      'No message is kept once its subscription has acknowledged it.',
      '## Topics',
      table(['Topic', 'Carries', 'Clear bodies'], topicRows),
      '## Subscriptions',
      table(
        [
          'Subscription',
          'Role',
          'Batch',
          'Attempts',
          'Time to answer',
          'Pause between',
          'Unread, kept for',
          'Dead letters',
        ],
        subscriptionRows,
      ),
    ].join('\n\n'),
  },
];
