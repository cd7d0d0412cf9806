import { BlockList, isIP } from 'node:net';

import { fault } from '#libs/kernel';

/**
 * What is no public IPv4 address, by IANA's registry of special ones, and one more: where a large
 * cloud keeps its machines' metadata on an address that looks public.
 */
const SPECIAL_4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24'],
  ...['192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32'],
];

/** Of IPv6 only 2000::/3 is public, less what stands for something else: tunnels, documentation. */
const PUBLIC_6 = '2000::/3';
const SPECIAL_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address);
    const prefix = bits === undefined ? (family === 4 ? 32 : 128) : Number(bits);
    if (family === 0 || !(prefix >= 0 && prefix <= (family === 4 ? 32 : 128)))
      throw fault('SETTINGS_INVALID', { details: { network: 'not a network' } });
    list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
};

const has = (list: BlockList, address: string): boolean =>
  list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

const special4 = listOf(SPECIAL_4);
const public6 = listOf([PUBLIC_6]);
const special6 = listOf(SPECIAL_6);

/** `::ffff:a.b.c.d` in any spelling is the IPv4 address in it. */
const MAPPED = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/;

export const unmapped = (address: string): string => {
  const [, dotted, high, low] = MAPPED.exec(address.toLowerCase()) ?? [];
  if (dotted !== undefined) return dotted;
  if (high === undefined || low === undefined) return address;
  const [h, l] = [parseInt(high, 16), parseInt(low, 16)];
  return [h >> 8, h & 255, l >> 8, l & 255].join('.');
};

export const isPublic = (address: string): boolean => {
  const plain = unmapped(address);
  switch (isIP(plain)) {
    case 4:
      return !has(special4, plain);
    case 6:
      return has(public6, plain) && !has(special6, plain);
    default:
      return false;
  }
};

/** Where a company runs servers of its own, less where clouds keep their machines' metadata. */
const own = listOf([
  ...['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  ...['::1/128', 'fc00::/7'],
]);
const metadata = listOf(['100.100.100.200/32', 'fd00:ec2::/32']);

const isOwn = (address: string): boolean =>
  isIP(address) !== 0 && has(own, address) && !has(metadata, address);

export type AddressVerdict = 'fits' | 'private' | 'clear_text';

/** Judges an address that would be connected to. */
export interface Networks {
  judge(address: string, secure: boolean): AddressVerdict;
}

export interface AllowedNetworks {
  /** Addresses and networks (`127.0.0.0/8`) to go to all the same, in clear text too. */
  readonly allowed?: readonly string[];
  /** Whether a server may stand on this machine or in a private network: only where an operator named it. */
  readonly own?: boolean;
}

export const networks = ({
  allowed = [],
  own: isOwnAllowed = false,
}: AllowedNetworks): Networks => {
  const list = listOf(allowed);
  return {
    judge(address, secure) {
      const plain = unmapped(address);
      if (isIP(plain) !== 0 && has(list, plain)) return 'fits';
      if (isOwnAllowed && isOwn(plain)) return 'fits';
      if (!isPublic(plain)) return 'private';
      return secure ? 'fits' : 'clear_text';
    },
  };
};
