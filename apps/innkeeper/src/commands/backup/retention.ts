import type { AddCommand } from '../../command.js';

export const addBackupRetention: AddCommand = () => undefined;
