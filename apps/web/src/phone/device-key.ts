import { newId } from '@timebank/kernel';
import { CallRefused } from '@timebank/contract/client';
import { type PhoneKey, transact } from './phone-db';
import { useSession } from '../shared/session';

const curve = { name: 'ECDSA', namedCurve: 'P-256' };

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Stores a key unless another tab has stored one meanwhile; answers the one that is there. */
function keepFirst(made: PhoneKey): Promise<PhoneKey> {
  return transact('phone', 'readwrite', async (store) => {
    const kept = await store.get('key');
    if (!kept) await store.put(made);
    return kept ?? made;
  });
}

/**
 * This phone's key, made at its first use. Nobody can read it out, not even this app. Null where the browser offers none (an address without
 * encryption).
 */
async function phoneKey(): Promise<PhoneKey | null> {
  if (!globalThis.crypto?.subtle) return null;
  const kept = await transact('phone', 'readonly', (store) => store.get('key'));
  if (kept) return kept;
  const { privateKey, publicKey } = await crypto.subtle.generateKey(curve, false, ['sign']);
  const spki = base64url(await crypto.subtle.exportKey('spki', publicKey));
  return keepFirst({ slot: 'key', deviceId: newId(), privateKey, publicKey: spki, registeredFor: [] });
}

/** Registers this phone for the person who is signed in, once. A key that the server knows as another's is thrown away. */
export async function registerPhone(personId: string): Promise<void> {
  try {
    const key = await phoneKey();
    if (!key || key.registeredFor.includes(personId)) return;
    await useSession().ask('putDevice', { params: { deviceId: key.deviceId }, body: { publicKey: key.publicKey } });
    await transact('phone', 'readwrite', (store) => store.put({ ...key, registeredFor: [...key.registeredFor, personId] }));
  } catch (fault) {
    if (!(fault instanceof CallRefused) || fault.code !== 'devices/id_reused') return;
    await transact('phone', 'readwrite', (store) => store.delete('key')).catch(() => undefined);
  }
}

/** Signs texts with this phone's key; null where there is none, since an unsigned scan counts as well. */
export async function signAll(texts: string[]): Promise<{ deviceId: string; signatures: string[] } | null> {
  try {
    const key = await phoneKey();
    if (!key) return null;
    const sign = (text: string) => crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, new TextEncoder().encode(text));
    return { deviceId: key.deviceId, signatures: (await Promise.all(texts.map(sign))).map(base64url) };
  } catch {
    return null;
  }
}
