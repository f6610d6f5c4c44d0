/**
 * A foreseen "no" of the domain: a code and its parameters, never a sentence.
 * The HTTP door turns it into a status and the front ends into the reader's language.
 * Anything else that is thrown is a fault and stays one.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly parameters: Record<string, unknown> = {},
    readonly path?: string,
  ) {
    super(code);
    this.name = 'Refusal';
  }
}
