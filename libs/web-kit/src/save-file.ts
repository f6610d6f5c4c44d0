/** Long enough for the slowest phone to begin reading. */
const keptMilliseconds = 60_000;

/** Hands a file that is already here to the browser, which saves it under its name. */
export function saveFile({ fileName, blob }: { fileName: string; blob: Blob }): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keptMilliseconds);
}
