import type { RoleModules } from '#libs/platform';

/** Every role there is, loaded when one of them starts and not for a command. */
export const loadRoles = async (): Promise<RoleModules> => {
  const [api, backups, catalog, listener, responder, sync, vectorizer, ingest] = await Promise.all([
    import('#apps/api'),
    import('#apps/backup-orchestrator'),
    import('#apps/catalog'),
    import('#apps/change-stream-listener'),
    import('#apps/llm-responder'),
    import('#apps/provider-sync'),
    import('#apps/vectorizer'),
    import('#apps/webhook-ingest'),
  ]);
  return {
    'webhook-ingest': ingest.WebhookIngestModule,
    catalog: catalog.CatalogModule,
    api: api.ApiModule,
    'provider-sync': sync.ProviderSyncModule,
    'change-stream-listener': listener.ChangeStreamListenerModule,
    vectorizer: vectorizer.VectorizerModule,
    'llm-responder': responder.LlmResponderModule,
    'backup-orchestrator': backups.BackupOrchestratorModule,
  };
};
