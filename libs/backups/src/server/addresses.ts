/** An address as its bytes: 4 of them or 16. */
type AddressBytes = readonly number[];

const MAPPED: AddressBytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** Where the server of a run calls from, in one spelling; nothing where it is no address. */
export const plainAddress = (text: string): string | undefined => {
  const bytes = bytesOf(text);
  if (!bytes) return undefined;
  if (bytes.length === 4) return bytes.join('.');
  return Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  ).join(':');
};

/** Whether an address is one of these, or in one of these networks (`2001:db8::/64`). What is neither matches nothing. */
export const isAmong = (address: string, networks: readonly string[]): boolean => {
  const bytes = bytesOf(address);
  return bytes !== undefined && networks.some((network) => isIn(bytes, network));
};

const isIn = (address: AddressBytes, network: string): boolean => {
  const [, text = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(network) ?? [];
  const given = wholeBytesOf(text);
  if (!given) return false;
  const isMapped = given.length === 16 && startsWithMapped(given);
  const bytes = isMapped ? given.slice(12) : given;
  const most = bytes.length * 8;
  const prefix = bits === undefined ? most : Number(bits) - (isMapped ? 96 : 0);
  if (prefix < 0 || prefix > most || bytes.length !== address.length) return false;
  return bytes.every((byte, at) => {
    const mask = (0xff00 >> Math.min(8, Math.max(0, prefix - 8 * at))) & 0xff;
    return (byte & mask) === ((address[at] ?? 0) & mask);
  });
};

const startsWithMapped = (bytes: AddressBytes): boolean =>
  MAPPED.every((byte, at) => bytes[at] === byte);

/** IPv4 within IPv6, as sockets of both show it, is IPv4. */
const bytesOf = (text: string): AddressBytes | undefined => {
  // A scope says through which card an answer goes, and nothing about who asks.
  const bytes = wholeBytesOf(text.replace(/%[\w.-]+$/, ''));
  return bytes?.length === 16 && startsWithMapped(bytes) ? bytes.slice(12) : bytes;
};

const wholeBytesOf = (text: string): AddressBytes | undefined =>
  text.includes(':') ? bytesOf6(text) : bytesOf4(text);

/** Without zeros in front: some read such a number as octal, and so another address. */
const PART_4 = /^(?:0|[1-9]\d{0,2})$/;

const bytesOf4 = (text: string): AddressBytes | undefined => {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => PART_4.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
};

const bytesOf6 = (text: string): AddressBytes | undefined => {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')];
  if (!before || !after) return undefined;
  const missing = 16 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...before, ...Array.from({ length: missing }, () => 0), ...after];
};

const groupsOf = (text: string): AddressBytes | undefined => {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [at, group] of groups.entries()) {
    const last = at === groups.length - 1 && group.includes('.') ? bytesOf4(group) : undefined;
    if (last) bytes.push(...last);
    else if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const number = Number.parseInt(group, 16);
      bytes.push(number >> 8, number & 0xff);
    } else return undefined;
  }
  return bytes;
};
