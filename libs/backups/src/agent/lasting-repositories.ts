import type { RunRepository, RunWarning } from '../run/backup-run.js';
import type { AgentOrder } from './agent-order.js';

/** Those whose credentials do not end by themselves: a server has them after its time, too. */
export const lastingRepositories = (
  repositories: AgentOrder['repositories'],
): readonly RunRepository[] =>
  (['data', 'keys'] as const).filter((name) => {
    const { credentials } = repositories[name];
    return credentials !== undefined && credentials.sessionToken === undefined;
  });

/** For the run, where there are some: somebody should know that a server got an account for good. */
export const lastingWarnings = (lasting: readonly RunRepository[]): readonly RunWarning[] => {
  if (lasting.length === 0) return [];
  const detail = `repositories=${lasting.join(',')}`;
  return [{ code: 'BACKUP_CREDENTIALS_LASTING', step: 'boot', detail }];
};
