/**
 * What is kept on this device and nobody but its owner may read: sealed (AES-GCM) with a key that scripts can use and
 * cannot read, which goes with it. Whose it is belongs to the seal, so that nothing opens under another account.
 */

/** What is written. Each copy has a key of its own. */
export interface Sealed {
  key: CryptoKey;
  nonce: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

const CIPHER = 'AES-GCM';
const KEY_BITS = 256;
/** As long as AES-GCM wants it. */
const NONCE_BYTES = 12;

/** Whether this browser can seal: not where a page comes without encryption. */
export const canSeal = (): boolean =>
  (globalThis.crypto as { subtle?: SubtleCrypto } | undefined)?.subtle !== undefined;

const cipherOf = (nonce: Uint8Array<ArrayBuffer>, account: string): AesGcmParams => ({
  name: CIPHER,
  iv: nonce,
  additionalData: new TextEncoder().encode(account),
});

/** Seals something of an account's, as JSON. */
export async function seal(content: unknown, account: string): Promise<Sealed> {
  const algorithm = { name: CIPHER, length: KEY_BITS };
  const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(content));
  const bytes = await crypto.subtle.encrypt(cipherOf(nonce, account), key, text);
  return { key, nonce, bytes };
}

/**
 * Opens what was sealed for an account.
 *
 * @throws Where it was sealed for another, or was changed since.
 */
export async function unseal({ key, nonce, bytes }: Sealed, account: string): Promise<unknown> {
  const text = await crypto.subtle.decrypt(cipherOf(nonce, account), key, bytes);
  return JSON.parse(new TextDecoder().decode(text)) as unknown;
}
