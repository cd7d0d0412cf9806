import type { ChatReaction } from '#libs/ports/chat';

export type Vote = 'up' | 'down';

/** What people say of an answer by reacting to it, by person. */
export type Votes = Readonly<Record<string, Vote>>;

/** With and without a colour of skin, as servers write it in their several ways. */
const TONE = /(?::?[_:]?(?:skin-tone-|tone)\d)?:?$/u;

const voteOf = (name: string): Vote | undefined => {
  switch (name.normalize('NFC').replace(/^:/u, '').replace(TONE, '')) {
    case '+1':
    case 'thumbsup':
      return 'up';
    case '-1':
    case 'thumbsdown':
      return 'down';
    default:
      return emojiVote(name);
  }
};

const emojiVote = (name: string): Vote | undefined => {
  if (name.startsWith('👍')) return 'up';
  return name.startsWith('👎') ? 'down' : undefined;
};

/** Nobody knows which reaction came first: who says both says that it did not help. */
export const votesIn = (reactions: readonly ChatReaction[], ignored: string): Votes => {
  const votes: Record<string, Vote> = {};
  for (const { name, people } of reactions) {
    const vote = voteOf(name);
    if (vote === undefined) continue;
    for (const person of people)
      if (person !== ignored && votes[person] !== 'down') votes[person] = vote;
  }
  return votes;
};

/** Who says something else than before, or says nothing any more. */
export const changedVoters = (before: Votes, now: Votes): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (person) => before[person] !== now[person],
  );
