import { saveFile } from '@timebank/web-kit';

/** Hands bytes that are already here to the browser as a file. */
export function downloadBase64(base64: string, type: string, fileName: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  saveFile({ fileName, blob: new Blob([bytes], { type }) });
}
