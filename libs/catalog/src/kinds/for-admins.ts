import type { KindName } from './index.js';

/**
 * Kinds of what colleagues write to each other. Questions and search read them by the rooms of who asks; lists, facts,
 * histories and links show them to administrators alone, who may be in none of the rooms.
 */
const forAdmins: ReadonlySet<string> = new Set<KindName>([
  'chat_member',
  'chat_message',
  'chat_room',
  'chat_user',
]);

export const isForAdmins = (kind: string): boolean => forAdmins.has(kind);
