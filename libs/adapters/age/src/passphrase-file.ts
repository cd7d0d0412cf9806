import { armor, Decrypter, Encrypter } from 'age-encryption';

import { fault, type Secret } from '#libs/kernel';

/**
 * As a power of two. The program `age` takes 18, too: about a second and 256 MB for each passphrase that somebody tries.
 */
const WORK = 18;

/**
 * A text, sealed as an armored file in the format `age-encryption.org/v1`: the program `age` opens it as well. The
 * lower `work` is for tests.
 */
export const sealWithPassphrase = async (
  text: string,
  passphrase: Secret,
  { work = WORK }: { readonly work?: number } = {},
): Promise<string> => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase.reveal());
  encrypter.setScryptWorkFactor(work);
  return armor.encode(await encrypter.encrypt(text));
};

/**
 * The text of such a file, armored or not. Throws `BACKUP_KIT_UNREADABLE`: a wrong passphrase and a changed header look
 * alike, and must.
 */
export const openWithPassphrase = async (file: Uint8Array, passphrase: Secret): Promise<string> => {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase.reveal());
  try {
    return await decrypter.decrypt(withoutArmor(file), 'text');
  } catch (cause) {
    throw fault('BACKUP_KIT_UNREADABLE', { cause });
  }
};

/** Mail and editors add blank lines and other ends of lines around armor, which changes nothing. */
const withoutArmor = (file: Uint8Array): Uint8Array => {
  const text = new TextDecoder().decode(file).trim();
  return text.startsWith('-----BEGIN AGE ENCRYPTED FILE-----')
    ? armor.decode(`${text.replaceAll('\r\n', '\n')}\n`)
    : file;
};
