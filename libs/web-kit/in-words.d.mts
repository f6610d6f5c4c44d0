export function inWords(node: unknown): void;
