import type { AddCommand } from '../../command.js';

export const addBackupRuns: AddCommand = () => undefined;
