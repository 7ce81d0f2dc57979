/** @file What two texts share, word by word: the longest common subsequence, after the ends that agree. */

/** A run of words in both texts, in the first alone, or in the second alone. */
export interface DiffPart {
  readonly type: 'same' | 'first' | 'second';
  readonly text: string;
}

/** Words compared with each other; longer middles are shown whole, one after the other. */
const mostWords = 3000;

const words = (text: string): string[] => text.match(/\s*\S+|\s+$/g) ?? [];

/** Lengths of the longest common subsequences of all ends. */
function tableOf(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const here = rows[i] as Uint16Array;
      const below = rows[i + 1] as Uint16Array;
      here[j] = a[i] === b[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, here[j + 1] as number);
    }
  return rows;
}

function middle(a: readonly string[], b: readonly string[]): DiffPart[] {
  if (a.length > mostWords || b.length > mostWords)
    return [
      { type: 'first', text: a.join('') },
      { type: 'second', text: b.join('') },
    ];
  const table = tableOf(a, b);
  const parts: DiffPart[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push({ type: 'same', text: a[i] ?? '' });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0)))
      parts.push({ type: 'first', text: a[i++] ?? '' });
    else parts.push({ type: 'second', text: b[j++] ?? '' });
  }
  return parts;
}

/** Neighbours of one kind together. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const out: DiffPart[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part.text === '') continue;
    if (last?.type === part.type) out[out.length - 1] = { type: part.type, text: last.text + part.text };
    else out.push(part);
  }
  return out;
}

/** The parts of both texts in order; those that are not `second` make the first, those that are not `first` the second. */
export function wordDiff(first: string, second: string): DiffPart[] {
  const [a, b] = [words(first), words(second)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return joined([
    { type: 'same', text: a.slice(0, start).join('') },
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    { type: 'same', text: a.slice(a.length - end).join('') },
  ]);
}
