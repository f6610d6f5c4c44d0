import { readonly, ref, type Ref } from 'vue';

export type DisplayMode = 'standard' | 'elder';
export type Theme = 'light' | 'dark' | 'system';
export type Display = {
  mode: Readonly<Ref<DisplayMode>>;
  theme: Readonly<Ref<Theme>>;
  setMode(mode: DisplayMode): void;
  setTheme(theme: Theme): void;
};

/** Reads and writes text under the app's prefix; silent where storage is switched off. */
export type Keep = { read(key: string): string | null; write(key: string, value: string | null): void };

export function keepUnder(prefix: string, storage: () => Storage = () => localStorage): Keep {
  return {
    read: (key) => {
      try {
        return storage().getItem(`${prefix}.${key}`);
      } catch {
        return null;
      }
    },
    write: (key, value) => {
      try {
        if (value === null) storage().removeItem(`${prefix}.${key}`);
        else storage().setItem(`${prefix}.${key}`, value);
      } catch {
        // Storage is full or switched off: the choice lasts for this page only.
      }
    },
  };
}

/** Size and colours of the whole page: remembered under the prefix, shown as attributes of the root element. */
export function createDisplay(prefix: string): Display {
  const keep = keepUnder(prefix);
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const mode = ref<DisplayMode>(keep.read('mode') === 'elder' ? 'elder' : 'standard');
  const kept = keep.read('theme');
  const theme = ref<Theme>(kept === 'light' || kept === 'dark' ? kept : 'system');
  const show = () => {
    root.dataset['mode'] = mode.value;
    root.dataset['theme'] = theme.value === 'system' ? (system.matches ? 'dark' : 'light') : theme.value;
  };
  system.addEventListener('change', show);
  show();
  return {
    mode: readonly(mode),
    theme: readonly(theme),
    setMode: (wanted) => {
      mode.value = wanted;
      keep.write('mode', wanted);
      show();
    },
    setTheme: (wanted) => {
      theme.value = wanted;
      keep.write('theme', wanted === 'system' ? null : wanted);
      show();
    },
  };
}
