/** @file Keys: each screen says what it hears, and `?` shows all of it. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** A key, what it does, and the doing. */
export interface Key {
  readonly key: string;
  readonly does: string;
  readonly run: () => void;
}

const heard = new Set<readonly Key[]>();
/** Whether the list of keys is shown. */
export const helpShown = signal(false);

/** All keys of the screens that are there. */
export const allKeys = (): Key[] => [...heard].flat();

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) {
    if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
    return;
  }
  if (event.key === '?') helpShown.value = !helpShown.value;
  else if (event.key === 'Escape' && helpShown.value) helpShown.value = false;
  else {
    // The screen that came last is in front.
    const key = allKeys().findLast((each) => each.key === event.key);
    if (key === undefined) return;
    key.run();
  }
  event.preventDefault();
});

/** Hears keys as long as the component is there. */
export function useKeys(keys: readonly Key[]): void {
  useEffect(() => {
    heard.add(keys);
    return () => void heard.delete(keys);
  });
}
