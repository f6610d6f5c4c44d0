import type { Plugin } from 'vite';

export const deskWords: readonly string[];
/** Sections that come with the pages that say them. */
export const laterWords: readonly string[];
export function withoutDeskWords(): Plugin;
export const deskRefusals: readonly string[];
