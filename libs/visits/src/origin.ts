import { networkInterfaces } from 'node:os';

/** The first address that other machines of the local network can reach. */
function lanAddress(): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find((address) => address.family === 'IPv4' && !address.internal)?.address ?? null;
}

/** The address where browsers reach the product and cards point, without a slash at the end: PUBLIC_URL, else this machine in the local network. */
export function originOf(config: { publicUrl: string | null; port: number }): string {
  return config.publicUrl ?? `http://${lanAddress() ?? 'localhost'}:${config.port}`;
}
