import type { RoleModules } from '#libs/platform';

/** Every role there is, loaded when one of them starts and not for a command. */
export const loadRoles = async (): Promise<RoleModules> => {
  const [{ ApiModule }, { CatalogModule }, { WebhookIngestModule }] = await Promise.all([
    import('../../api/src/api.module.js'),
    import('../../catalog/src/catalog.module.js'),
    import('../../webhook-ingest/src/webhook-ingest.module.js'),
  ]);
  return { 'webhook-ingest': WebhookIngestModule, catalog: CatalogModule, api: ApiModule };
};
