/** @file How German, French and Japanese sentences say what a term means. */
import type { Found } from './definition.ts';

const quoted = '[„“"»«‘]?\\s?';
const closing = '\\s?[”“"«»’]?';

const german: readonly RegExp[] = [
  new RegExp(
    `\\b[Uu]nter\\s(?:(?:dem|der|einem|einer)\\s)?${quoted}([\\p{L}-]+(?:\\s\\p{L}+)?)${closing}\\s(?:versteht\\sman|wird|ist)\\s(?:hier\\s)?(?=(?:der|die|das|ein|eine|einen|den|jede[rsn]?)\\s)`,
    'u',
  ),
  new RegExp(
    `^(?:Im\\sSinne\\s[^,]{3,60}\\s|In\\sdieser\\s\\p{L}+\\s)(?:ist|sind|bedeutet|bezeichnet)\\s${quoted}([\\p{L}-]+)${closing}\\s(?=(?:der|die|das|ein|eine|jede[rs]?)\\s)`,
    'u',
  ),
  new RegExp(
    `^Als\\s${quoted}([\\p{L}-]+)${closing}\\s(?:gilt|gelten|bezeichnet\\sman|wird)\\s(?=(?:der|die|das|ein|eine|einen|den|jede[rsn]?)\\s)`,
    'u',
  ),
  new RegExp(
    `^(?:(?:Der|Die|Das|Ein|Eine)\\s)?${quoted}(\\p{Lu}[\\p{L}-]+)${closing}\\s(?:bezeichnet|bedeutet|meint)\\s(?=(?:der|die|das|ein|eine|einen|den|jede[rsn]?)\\s)`,
    'u',
  ),
  new RegExp(
    `^(?:(?:Der|Die|Das|Ein|Eine)\\s)?${quoted}(\\p{Lu}\\p{Ll}[\\p{L}-]+)${closing}(?:\\sdagegen)?\\sist\\s(?=(?:der|die|das|ein|eine)\\s(?:\\p{L}+,?\\s){0,6}?\\p{Lu}[\\p{L}-]+(?:\\svon\\s\\p{L}+)?,\\s(?:(?:in|an|mit|durch|auf|bei|aus|für)\\s)?(?:der|die|das|dem|den|dessen|deren|welche[rsmn]?)\\s)`,
    'u',
  ),
];
const french: readonly RegExp[] = [
  new RegExp(
    `\\b[Oo]n\\s(?:appelle|nomme|désigne\\s(?:par|sous\\sle\\snom\\sde)|entend\\s(?:ici\\s)?par)\\s${quoted}((?!ainsi|cela|ça)[\\p{Ll}'’-]+(?:\\s(?:d['’]|de\\s|à\\s)?[\\p{Ll}'’-]+){0,2}?)${closing},?\\s(?=(?:l['’]|le\\s|la\\s|les\\s|un\\s|une\\s|tout\\s|toute\\s))`,
    'u',
  ),
  new RegExp(
    `^(?:Une?\\s${quoted}([\\p{L}'’-]+(?:\\s[\\p{Ll}'’-]+)?)|(\\p{Lu}\\p{Ll}+(?:er|ir|re)(?:\\s(?:un\\s|une\\s)?[\\p{Ll}'’-]+)?))${closing}(?:,\\spour\\s[^,]{3,30})?,\\sc['’]est\\s(?=(?:l['’]|le\\s|la\\s|un\\s|une\\s|\\p{Ll}+er\\s))`,
    'u',
  ),
  /«\s?([^«»]{2,40}?)\s?»,?\s(?:il\s|elle\s)?(?:désigne|signifie|s['’]entend\sd[e'’])\s(?:ici\s)?(?=(?:l['’]|le\s|la\s|les\s|un\s|une\s|tout))/u,
];
const japanese: readonly RegExp[] = [
  /(?:^|[。、]|において)\s*[「『]?([^「」『』、。\n]{1,20}?)[」』]?とは、?(?=[^。]{4,}(?:をいう|を指す|のことをいう|のこと(?:です|である|だ)|である|です|ことだ|ものだ)。)/u,
];

/** Subjects that a sentence only points at. */
const pointing = /^(?:ce|cela|ça|il|elle|das|dies|es|er|sie|これ|それ|ここ|問題|理由|目的)$/i;

function readBy(patterns: readonly RegExp[], words: string): Found | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(words);
    const term = match?.[1] ?? match?.[2];
    if (match === null || term === undefined || pointing.test(term)) continue;
    return { term, at: words.indexOf(term, match.index), meaning: match.index + match[0].length };
  }
  return undefined;
}

/** Characters that only one of the languages has, and the words by which a sentence of it is looked at. */
export function readOther(words: string): Found | undefined {
  if (/とは/.test(words)) return readBy(japanese, words);
  if (/c['’]est|\b[Oo]n\s(?:appelle|nomme|entend|désigne)|désigne|signifie/.test(words)) return readBy(french, words);
  return /\b(?:ist|sind|gilt|gelten|versteht|bezeichnet|bedeutet|meint|wird)\b/.test(words)
    ? readBy(german, words)
    : undefined;
}
