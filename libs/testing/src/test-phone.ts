import { generateKeyPairSync, sign } from 'node:crypto';
import { scanText } from '@timebank/contract';
import { newId } from '@timebank/kernel';

type Scan = Omit<Parameters<typeof scanText>[0], 'eventId' | 'visitId'>;

/** A phone with a key of its own, as a browser makes one. */
export class TestPhone {
  readonly deviceId = newId();
  readonly publicKey: string;
  private readonly privateKey;

  constructor(namedCurve = 'prime256v1') {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
    this.publicKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
    this.privateKey = privateKey;
  }

  /** The scan with this phone's signature; under another phone's id it is a forgery. */
  signed<Body extends Scan>(visitId: string, eventId: string, body: Body, deviceId = this.deviceId) {
    const key = { key: this.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    const signature = sign('sha256', Buffer.from(scanText({ ...body, eventId, visitId })), key).toString('base64url');
    return { ...body, device: { deviceId, signature } };
  }
}
