/** What can run alone today. The others of DESIGN §1 join this list as they are built. */
export const builtRoles = [
  'webhook-ingest',
  'catalog',
  'api',
  'provider-sync',
  'vectorizer',
  'llm-responder',
] as const;
export type Role = (typeof builtRoles)[number];

/** The one writes the search index, the other asks it. */
const indexRoles = ['vectorizer', 'llm-responder'];

/** Whether a process with these roles has a search index. */
export const usesSearchIndex = (roles: readonly string[]): boolean =>
  indexRoles.some((role) => roles.includes(role));

/** Where the index is used: who else must be able to reach it, and is not in this process. */
export const indexRolesElsewhere = (
  roles: readonly string[],
  built: readonly string[] = builtRoles,
): readonly string[] =>
  usesSearchIndex(roles)
    ? indexRoles.filter((role) => built.includes(role) && !roles.includes(role))
    : [];
