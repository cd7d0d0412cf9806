/** On any port, and nothing that a clock begins: tests run at every hour, also at that of a backup. */
export const still = {
  INNKEEPER_HTTP_PORT: '0',
  INNKEEPER_CANARY_SECONDS: '0',
  INNKEEPER_BACKUP_SCHEDULE: 'off',
};
