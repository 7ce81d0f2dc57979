/** @file How often something changed since its screen was opened: a part of the keys of what is asked. */
import { useEffect, useState } from 'preact/hooks';
import { watch } from './api.ts';

/** Rises with every change of what bears the id; of anything where there is none. */
export function useLive(id?: string): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => watch((change) => (id === undefined || change.id === id) && setTurn((before) => before + 1)), [id]);
  return turn;
}
