/** What can run alone. */
export const builtRoles = [
  'webhook-ingest',
  'catalog',
  'api',
  'provider-sync',
  'change-stream-listener',
  'vectorizer',
  'llm-responder',
  'backup-orchestrator',
] as const;
export type Role = (typeof builtRoles)[number];

/** Whether a process with these roles has a search index: the one role writes it, the other asks it. */
export const usesSearchIndex = (roles: readonly string[]): boolean =>
  roles.includes('vectorizer') || roles.includes('llm-responder');

/** Whether it would ask an index that a role of another process writes. */
export const asksForeignIndex = (roles: readonly string[]): boolean =>
  roles.includes('llm-responder') && !roles.includes('vectorizer');
