import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { requireFreePort } from './free-port';

describe('the place to listen at', () => {
  it('A7: is refused while another has it, with what to do, and taken once it is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const next = port < 65_535 ? port + 1 : 3000;
    await expect(requireFreePort({ host: '127.0.0.1', port })).rejects.toThrow(
      `PORT: ${port} is taken. If Timebank runs already, look at http://localhost:${port}/; otherwise set PORT to another, as in PORT=${next} npm start.`,
    );
    other.close();
    await once(other, 'close');
    await requireFreePort({ host: '127.0.0.1', port });
    await requireFreePort({ host: '0.0.0.0', port: 0 });
  });

  it("A7: is refused where it is not this machine's, or no address at all", async () => {
    await expect(requireFreePort({ host: '192.0.2.1', port: 0 })).rejects.toThrow('HOST: 192.0.2.1 is no address of this machine.');
  });
});
