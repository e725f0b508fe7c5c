/** What is unsent as a file: for a trainer, when the phone will not send it any more. */
import type { Item } from './item';

function base64(bytes: ArrayBuffer): string {
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}

/**
 * A JSON document of what is unsent: of one account, or of all when nobody is signed in. What it holds is what would be
 * sent, so that importing it and sending it later make one visit. Answers are left out: to questions before and after a training, which a
 * trainer must not read, and to an activation, which say that somebody lives in disaster housing.
 */
export const exported = (items: readonly Item[], owner: string | null, at: Date): string =>
  JSON.stringify(
    {
      format: 'machiaruki-outbox',
      version: 1,
      exported_at: at.toISOString(),
      items: items
        .filter(({ kind }) => kind !== 'sheet' && kind !== 'answer')
        .filter((item) => owner === null || item.owner === owner)
        .map(({ file, ...item }) => (file ? { ...item, file: base64(file) } : item)),
    },
    null,
    2,
  );
