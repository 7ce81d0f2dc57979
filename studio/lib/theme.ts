/** @file Light or dark: as the system says, until a person says otherwise. */
import { effect, signal } from '@preact/signals';

const key = 'golongrl-studio-theme';

function stored(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

const system = matchMedia('(prefers-color-scheme: dark)');
/** `dark` or `light`. */
export const theme = signal(stored() ?? (system.matches ? 'dark' : 'light'));
system.addEventListener('change', () => {
  if (stored() === undefined) theme.value = system.matches ? 'dark' : 'light';
});

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function toggleTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(key, theme.value);
  } catch {
    // It lasts as long as the page.
  }
}

/** The value of a colour of the style sheet, for what is drawn on a canvas. */
export const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
