/** @file Light or dark: as the system says, until a person says otherwise. */
import { effect, signal } from '@preact/signals';
import { store, stored } from './stored.ts';

const key = 'golongrl-studio-theme';

const system = matchMedia('(prefers-color-scheme: dark)');
/** `dark` or `light`. */
export const theme = signal(stored(key) ?? (system.matches ? 'dark' : 'light'));
system.addEventListener('change', () => {
  if (stored(key) === undefined) theme.value = system.matches ? 'dark' : 'light';
});

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function toggleTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  store(key, theme.value);
}

/** The value of a colour of the style sheet, for what is drawn on a canvas. */
export const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
