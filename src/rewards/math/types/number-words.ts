/**
 * @file Numbers in English words (`one hundred seventy-seven`, `two thirds`, `a dozen`) as the digits or LaTeX that the other readers
 * take.
 */
const small =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen`.split(/\s+/);
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const values = new Map<string, number>([
  ...small.map((word, i) => [word, i] as const),
  ...tens.map((word, i) => [word, 20 + 10 * i] as const),
]);
const scales = new Map<string, number>([
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);
const parts = new Map<string, number>([
  ['half', 2],
  ['halves', 2],
  ['third', 3],
  ['quarter', 4],
  ['fourth', 4],
  ['fifth', 5],
  ['sixth', 6],
  ['seventh', 7],
  ['eighth', 8],
  ['ninth', 9],
  ['tenth', 10],
  ['twelfth', 12],
  ['hundredth', 100],
]);
const partOf = (word: string): number | undefined => parts.get(word) ?? parts.get(word.replace(/s$/, ''));

/** The number that the words are, whole; at least one word must be a number. */
function cardinal(words: readonly string[]): number | undefined {
  let total = 0;
  let group = 0;
  let last = 0;
  let seen = false;
  for (const word of words) {
    if (word === 'and' && seen) continue;
    const value = values.get(word);
    const scale = scales.get(word);
    if (value !== undefined) {
      // Twenty-one, one hundred five: a smaller one adds; two alike side by side are no number.
      if (seen && last > 0 && last < 100 && !(last >= 20 && value < 10)) return undefined;
      group += value;
      last = value === 0 ? 1 : value;
    } else if (scale === 100 && seen) {
      group = group * 100;
      last = 100;
    } else if (scale !== undefined && seen) {
      total += group * scale;
      group = 0;
      last = 1000;
    } else return undefined;
    seen = true;
  }
  return seen ? total + group : undefined;
}

const wordRun =
  /(?<![a-z])(?:(?:a |an )?(?:NUM)(?:(?:,?[\s-]+)(?:and[\s-]+)?(?:an?\s+(?=half|quarter|third))?(?:NUM))*)(?![a-z])/gi;
const alternatives = [
  ...values.keys(),
  ...scales.keys(),
  ...parts.keys(),
  ...[...parts.keys()].map((word) => `${word}s`),
]
  .sort((a, b) => b.length - a.length)
  .join('|');
const runs = new RegExp(wordRun.source.replaceAll('NUM', alternatives), 'gi');
const anyWord = new RegExp(`\\b(?:${alternatives})\\b`, 'i');

function spelled(run: string): string | undefined {
  const words = run.toLowerCase().split(/[\s,-]+/);
  if (words[0] === 'a' || words[0] === 'an') words[0] = 'one';
  const part = partOf(words.at(-1) ?? '');
  if (part === undefined) {
    const value = cardinal(words);
    return value === undefined ? undefined : String(value);
  }
  const head = words.slice(0, -1);
  if (head.length === 0) return words[0] === 'half' ? '\\frac{1}{2}' : undefined;
  // "Two and a half" is mixed; "two halves" is a fraction.
  const joint = head.lastIndexOf('and');
  const top = cardinal(head.slice(joint + 1).map((word) => (word === 'a' ? 'one' : word)));
  const whole = joint > 0 ? cardinal(head.slice(0, joint)) : undefined;
  if (top === undefined) return undefined;
  return `${whole ?? ''}\\frac{${top}}{${part}}`;
}

const single = new RegExp(`(?:${alternatives})(?:[ -](?:${alternatives}))*`, 'gi');

/** The text with its English number words as digits. "Two" alone and what is no number word stays. */
export function englishToDigits(text: string): string {
  if (!anyWord.test(text))
    return text.replace(/\b(?:negative|minus)\s+(?=\d)/gi, (word, at: number) =>
      /[\d)]\s*$/.test(text.slice(0, at)) ? word : '-',
    );
  // A scale behind digits (3.5 million) is a magnitude, which is read later.
  return text
    .replace(
      /\b(?:negative|minus)\s+(?=(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thir|four|fif|six|seven|eigh|nine|twen|for|a |\d)[a-z\d]*)/gi,
      '-',
    )
    .replace(runs, (run: string, at: number) => {
      if (/[\d.,]\s*$/.test(text.slice(0, at))) return run;
      return spelled(run) ?? run.replace(single, (part: string) => spelled(part) ?? part);
    });
}
