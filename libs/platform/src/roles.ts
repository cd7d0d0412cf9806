/** What can run alone today. The others of DESIGN §1 join this list as they are built. */
export const builtRoles = ['webhook-ingest', 'catalog', 'api', 'provider-sync', 'vectorizer'] as const;
export type Role = (typeof builtRoles)[number];
