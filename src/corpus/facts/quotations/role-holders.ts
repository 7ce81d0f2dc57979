/**
 * @file Who is meant by what somebody is: `The chair said` where the text has `Present: Maud Lindqvist (Chair)`, `the vicar, Hugo Marchbanks,`
 * or `Judge: Ann Lowe`. A role of two persons is nobody's.
 */
const word = "\\p{Lu}[\\p{L}\\p{M}’'-]+";
const full = `(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Cllr|Councillor|Rev)\\.? )?(?:\\p{Lu}\\. ?|${word} )(?:(?:\\p{Lu}\\.|van|von|de|der) ){0,2}${word}`;

/** A person with the role that is asked for. */
interface Holder {
  readonly speaker: string;
  readonly at: number;
}

const patterns = (role: string): readonly RegExp[] => [
  new RegExp(`(${full}),? \\((?:[^()\\n]{0,30}[ ,])?${role}(?:[ ,;][^()\\n]{0,30})?\\)`, 'gu'),
  new RegExp(`(${full}), (?:the |our |its |then )?(?:[\\p{Ll}-]+ ){0,2}${role}(?=[,.;\\n)]| of )`, 'gu'),
  new RegExp(`(?:^|\\n)[*_ ]{0,3}${role}[*_]{0,3}: ?[*_]{0,3} ?(${full})`, 'gu'),
  new RegExp(`\\b(?:the|our|its) (?:[\\p{Ll}-]+ ){0,2}${role},? (${full})(?=[,.;\\n)]|\\s)`, 'gu'),
];

const isCapital = (name: string): boolean =>
  /^\p{Lu}/u.test(name) && name.split(' ').every((one) => !/^(?:The|And|But|In|At|On|Of)$/.test(one));

/** @param described `The chair`, `our chief engineer`. @returns Undefined where nobody has the role by name. */
export function holderOf(text: string, described: string): Holder | 'several' | undefined {
  const role = /(\p{Ll}[\p{L}-]+)$/u.exec(described.replace(/\s(?:of|from|in|with|who)\s.*$/su, ''))?.[1];
  if (role === undefined) return undefined;
  const either = `[${role[0]}${role[0]?.toUpperCase()}]${role.slice(1)}`;
  const found = new Map<string, Holder>();
  for (const pattern of patterns(either))
    for (const match of text.matchAll(pattern)) {
      const speaker = match[1] ?? '';
      if (isCapital(speaker) && !found.has(speaker))
        found.set(speaker, { speaker, at: match.index + match[0].indexOf(speaker) });
    }
  const surnames = new Set([...found.keys()].map((name) => name.split(' ').at(-1)));
  return surnames.size > 1 ? 'several' : [...found.values()][0];
}

/** Characters before a quotation in which `his sister` is the same one's. */
const kinReach = 3000;

/** `His sister Agatha looked up.` tells who `his sister` is a little later. Undefined where it names nobody there, or several. */
export function kinOf(text: string, described: string, before: number): Holder | undefined {
  const [, whose = '', kin = ''] = /^(his|her|my|their|our) (\p{Ll}+)$/u.exec(described.toLowerCase()) ?? [];
  if (kin === '') return undefined;
  const start = Math.max(0, before - kinReach);
  const pattern = new RegExp(
    `(?<!\\p{L})(?:${whose}|${whose[0]?.toUpperCase()}${whose.slice(1)}) ${kin},? (\\p{Lu}[\\p{L}-]+(?: \\p{Lu}[\\p{L}-]+)?)`,
    'gu',
  );
  const found = [...text.slice(start, before).matchAll(pattern)];
  const names = new Set(found.map(([, name]) => name));
  const [first] = found;
  if (first?.[1] === undefined || names.size > 1) return undefined;
  return { speaker: first[1], at: start + first.index + first[0].length - first[1].length };
}
