import type { RoleModules } from '#libs/platform';

/** Every role there is, loaded when one of them starts and not for a command. */
export const loadRoles = async (): Promise<RoleModules> => {
  const [
    { ApiModule },
    { CatalogModule },
    { LlmResponderModule },
    { ProviderSyncModule },
    { WebhookIngestModule },
  ] = await Promise.all([
    import('#apps/api'),
    import('#apps/catalog'),
    import('#apps/llm-responder'),
    import('#apps/provider-sync'),
    import('#apps/webhook-ingest'),
  ]);
  return {
    'webhook-ingest': WebhookIngestModule,
    catalog: CatalogModule,
    api: ApiModule,
    'provider-sync': ProviderSyncModule,
    'llm-responder': LlmResponderModule,
  };
};
