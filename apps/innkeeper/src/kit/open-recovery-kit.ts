import { readRecoveryKit, recoveryKitText, type RecoveryKit } from '#libs/backups';
import type { Secret } from '#libs/kernel';

/** Throws `BACKUP_KIT_UNREADABLE`. It takes about a second, as each guess of a stranger does. */
export const openRecoveryKit = async (
  file: Uint8Array,
  passphrase: Secret,
): Promise<RecoveryKit> => {
  const { openWithPassphrase } = await import('#libs/adapters/age');
  return readRecoveryKit(await openWithPassphrase(file, passphrase));
};

export const sealRecoveryKit = async (kit: RecoveryKit, passphrase: Secret): Promise<string> => {
  const { sealWithPassphrase } = await import('#libs/adapters/age');
  return sealWithPassphrase(recoveryKitText(kit), passphrase);
};
