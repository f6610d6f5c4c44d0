import type { Plugin } from 'vite';

export const deskWords: readonly string[];
export function withoutDeskWords(): Plugin;
export const deskRefusals: readonly string[];
