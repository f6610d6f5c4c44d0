import { BlockList, isIP } from 'node:net';

/**
 * Whether to believe the caller about whom it speaks for, for Fastify's `trustProxy`. Exactly one hop counts, from the right: what the proxy itself
 * appended. Anything a client wrote before that is a claim. Without trusted addresses nobody is believed, wherever the product runs: a private
 * network is not a proxy.
 */
export function trustOneHop(proxies: readonly string[]): false | ((address: string, hop: number) => boolean) {
  if (proxies.length === 0) return false;
  const trusted = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const kind = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(address, kind);
    else trusted.addSubnet(address, Number(bits), kind);
  }
  return (address, hop) => hop === 0 && isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
