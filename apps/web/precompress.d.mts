import type { Plugin } from 'vite';

export function precompressFolder(folder: string): Promise<void>;
export function precompress(): Plugin;
