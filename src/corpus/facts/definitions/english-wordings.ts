/** @file How English sentences say what a term means: `“X” means ...`, `the term X refers to ...`, `A **key** is a ...`, `... is called freeboard`. */
import type { Found } from './definition.ts';

/** `In this section "burned" includes ...` */
const inThis = /^In this [\w ]{3,20},?\s+["“]([^"”]{1,60})["”]\s+includes\s+/;
const quoted = '["“‘「]([^"“”‘’「」]{1,80})["”’」]';
const verb =
  '(?:(?:shall|will|also|in turn|here|herein)\\s+)*(?:means?\\b|refers?\\s+to\\b|denotes?\\b|represents?\\b|stands?\\s+for\\b|(?:is|are)\\s+defined\\s+(?:as|to\\s+be|to\\s+mean)\\b|has\\s+the\\s+meaning\\b|includes?\\s+(?=(?:an?|any|all|every)\\s))';
const aside =
  '(?:\\s*\\([^)]{1,60}\\))?(?:,?\\s+(?:when|as|in relation to|with respect to|in|for|of|under)\\s[^,.;"“]{1,60},?)?(?:\\s+(?:a|an|the)\\s+[\\w-]+)?';
const english: readonly RegExp[] = [
  new RegExp(`${quoted}(?:,?\\s+(?:and|or)\\s+${quoted})?${aside},?\\s+${verb}\\s*:?\\s*`, 'u'),
  /^["“]([^"“”]{1,60})["”]\s+includes\s+(?=\p{Ll})/u,
  /\b(?:[Tt]he|[Aa]n?)\s+(?:term|word|phrase|expression|acronym|abbreviation)\s+[*_`"“]{0,2}([\p{L}\d][\p{L}\d '’/-]{0,50}?)[*_`"”]{0,2},?\s+(?:means|refers\s+to|denotes|stands\s+for|is\s+defined\s+as|describes)\s+/u,
  /^(?:In\s+(?:this|the)\s(?:[^,]{1,60},|\p{Ll}+)\s+)?(?:[Aa]n?|[Tt]he)?\s*(?:\*\*|__|\*|`|\\(?:emph|textit|textbf)\{)([^*_`{}\n]{2,60})(?:\*\*|__|\*|`|\})(?:\s*\([^)]{1,60}\))?\s+(?:is|are|means|refers\s+to|denotes)\s+(?=(?:an?|the|any|all|each|one|what|where|when|how)\s)/u,
  /\b[Rr]eferences?\s+(?:herein\s+|in this [\w ]{3,20}\s)?to\s+(?:the\s+)?["“]([^"”]{1,60})["”]\s+(?:are\s+to|is\s+to|means?|refers?\s+to)\s+/u,
  /(?:^|,\s+)(?:[Aa]n?|[Tt]he)?\s*([\p{L}\d][\p{L}\d'’/-]{1,30}(?:\s[\p{L}\d'’/-]{1,30}){0,4}?)(?:\s*\([^)]{1,40}\))?,?\s+(?:is|are)\s+(?:formally\s+|here\s+)?defined\s+(?:here\s+)?(?:as|to\s+be)\s+/u,
  /\b[Aa](?:ny)?\s+reference\s+(?:in\s[^,.;]{3,40}?\s)?to\s+((?:the|an?)\s[^,.;]{2,40}?)\s+(?:is|shall\s+be\s+(?:read|construed)\s+as|includes)\s+(?:a\s+reference\s+to\s+)(?:the\s+)?/u,
  /^(?:An?|(?:In|Throughout|For the purposes of)\s+this\s\p{L}+,?(?:\s(?:an?|the))?)\s+(\p{Ll}[\p{L}'’-]*(?:\s\p{Ll}[\p{L}'’-]*){0,2}?)\s+means\s+(?=(?:an?|the|any|all|each|every)\s(?!(?:end|loss|need|difference|world|same|only|more|less|fewer|lot|change|return|great|chance|risk)\b))/u,
  /^An?\s+(\p{Ll}[\p{L}'’-]*(?:\s\p{Ll}[\p{L}'’-]*){0,2}?)(?:\s*\([^)]{1,40}\)|,\s(?:also|sometimes|often)\s(?:called|known\sas)\s[^,]{2,40},)?\s+is\s+(?=(?:an?|the|any)\s(?!(?:good|bad|great|small|little|matter|question|sign|thing|kind|lot|poor|fine|big|way|man|woman|fool|day|time|long|better|best|worst|most)\b)[\p{Ll}-]+(?:\s[\p{Ll}-]+){0,3}?,?\s(?:that|which|who|whose|where|in\swhich|by\swhich|on\swhich|of|used|made|left|laid|worn|between|through|for\s\p{Ll}+ing)\b)(?!.*(?:\b(?:I|you|we|he|she|my|your)\b|["“”!?]))/u,
  /^(\p{Lu}\p{Ll}{3,})\s+is\s+(?=(?:the|an?)\s(?:small\s|little\s)?(?!(?:good|girl|boy|child|king|queen|daughter|son|wife|brother|sister|friend|person|author|country|state|bad|great|small|little|matter|question|sign|thing|kind|lot|way|man|woman|day|time|best|worst|most|only|first|last|same|main|one|reason|place|town|city|village|river|company)\b)[\p{Ll}-]+(?:\s[\p{Ll}-]+){0,3}?,?\s(?:that|which|in\swhich|by\swhich)\b)(?!.*(?:\b(?:I|you|we|he|she|my|your)\b|["“”!?]))/u,
  /^(\p{Lu}\p{Ll}{3,}(?:\s\p{Ll}{3,}){0,2}?)\s+is\s+(?=the\s(?:height|width|depth|length|distance|ratio|process|practice|rate|proportion|difference|volume|study|ability|tendency|amount|number|quantity|movement|loss|removal|angle|art|branch\sof\s\p{Ll}+)\s(?:of|by|between|from|at|in|to|with)\b(?!.*(?:\b(?:I|you|we|he|she|my|your)\b|["“”!?])))/u,
  /^(?:Here,\s+)?([\p{L}][\p{L}\d'’-]*(?:\s\p{Ll}[\p{L}'’-]*){0,2}?)\s+(?:denotes|stands\s+for|is\s+short\s+for)\s+(?=\p{Ll})/u,
  /^(?:Here,\s+)(?:an?\s+|the\s+)?(\p{Ll}[\p{L}'’-]*(?:\s\p{Ll}[\p{L}'’-]*){0,2}?)\s+means\s+(?=(?:an?|the|any|all|each|every)\s(?!(?:end|loss|need|difference|world|same|only|more|less|fewer|lot|change|return|great|chance|risk)\b))/u,
  /^(\p{Lu}\p{Ll}{3,}(?:\s\p{Ll}{3,}){0,2}?)\s+refers\s+to\s+(?=(?:any\s|an?\s\p{Ll}+\s(?:that|which|who|of|in)\b|the\s\p{Ll}+\s(?:of|that|which|in|by)\b|\p{Ll}+\s(?:that|which|who|\p{Ll}+ed)\b))/u,
  /^(?:For\s+the\s+purposes?\s+of\s+(?:this|these|the)\s[^,]{2,40}|In\s+this\s\p{L}+|Throughout\s+this\s\p{L}+),?\s+(?:an?|the)\s+(\p{Ll}[\p{L}'’-]*(?:\s\p{Ll}[\p{L}'’-]*){0,2}?)\s+is\s+(?=(?:any|an?|each|every|one)\s)/u,
  /^["“]([^"”]{1,60})["”]\s*(?:[:：]|—|–)\s*(?=(?:an?|the|any|each|one|all)\s)/u,
  /\b[Ww]e\s+use\s+(?:the\s+(?:term|word|phrase)\s+)["“*_]([^"”*_\n]{1,50})["”*_]\s+(?:for|to\s+mean|to\s+denote|to\s+describe|as\s+short\s+for)\s+/u,
  /(?:\*\*|\*|_|["“])([^*_\n"“”]{2,40})(?:\*\*|\*|_|["”]),\s+(?:that\s+is|that\s+is\s+to\s+say|i\.e\.|which\s+(?:is|are))(?:\s+to\s+say)?,?\s+(?=\p{Ll})/u,
  /\*\*([^*\n]{2,40})\*\*,\s+(?=(?:an?|the)\s(?:[\p{Ll}-]+\s){1,4}?(?:for\s\p{Ll}+ing|that|which|to\s\p{Ll}+)\b)/u,
  /\b(?:[Bb]y\s+(?:(?:an?|the)\s+)?["“*_]?([\p{L}\d][\p{L}\d '’-]{1,50}?)["”*_]?,?\s+(?:we|I)\s+(?:shall\s+|will\s+)?(?:mean|understand)|[Ww]e\s+define\s+(?:(?:an?|the)\s+)?["“*_]?([\p{L}\d][\p{L}\d '’-]{1,50}?)["”*_]?\s+(?:as|to\s+be))\s+/u,
];
/** `Adjusted operating income means operating income before ...`, where the words are a term. */
const bare =
  /^(?:[Aa]n?\s+|[Tt]he\s+)?([\p{L}\d][\p{L}\d'’/-]*(?:\s[\p{L}\d'’/&-]+){0,5}?)(?:\s*\([^)]{1,40}\))?\s+means\s+(?=(?:an?|the|any|all|each|every|either|both|one|those|that part|operating|[\p{Ll}-]+\s(?:\p{Ll}+\s)?(?:of|or|and|that|which|in|before|after|to|less|plus|minus|excluding|including|divided\sby)\b))/u;
/** `Comparable EBITDA is operating profit before ...`: a figure by how it is reckoned. */
const reckoned =
  /^(?:The\s)?((?:\p{Lu}[\p{L}-]*)(?:\s[\p{L}&-]+){1,3}?)\s(?:is|are|equals?)\s(?=(?:the\s)?(?:[\p{Ll}-]+\s){1,4}?(?:before|less|plus|minus|excluding|net\sof|divided\sby)\s\p{Ll})/u;
const figure =
  /\b(?:profit|income|debt|margin|EBITD?A?|revenues?|cash|flow|sales|costs?|earnings|capital|liabilities|assets|ratio|return|result|turnover|expenditure|spending)$/i;
const noTerm =
  /^(?:example|exception|alternative|problem|reason|solution|result|drawback|this|that|it|which|what|these|those|he|she|they|we|you|i|there|no|not|if|when|doing|using|having|being|setting|by|in|so|but|and|also|often|usually|otherwise|here|such|passing|specifying|giving)\b|\b(?:this|that|which|it|you)\b|^\p{L}+ing\s(?:an?|the|this|that|it|them|your|its)\b/iu;
/** `unsure` where the words may say what a term means and may as well tell of something. */
export function readEnglish(words: string, inDefinitions: boolean): Found | undefined | 'unsure' {
  const included = inThis.exec(words);
  if (included?.[1] !== undefined)
    return { term: included[1], at: words.indexOf(included[1]), meaning: included[0].length };
  for (const pattern of english) {
    const match = pattern.exec(words);
    const term = match?.[1] ?? match?.[2];
    if (match === null || term === undefined || (pattern !== english[0] && noTerm.test(term))) continue;
    return { term, at: words.indexOf(term, match.index), meaning: match.index + match[0].length };
  }
  const sum = reckoned.exec(words);
  if (sum?.[1] !== undefined && figure.test(sum[1]))
    return { term: sum[1], at: words.indexOf(sum[1]), meaning: sum[0].length };
  const named = /means/.test(words) ? bare.exec(words) : null;
  if (named?.[1] !== undefined && !noTerm.test(named[1])) {
    const capital = named[1].split(/\s+/).every((word) => word.length < 4 || /^\p{Lu}/u.test(word));
    const several = /\s/.test(named[1]) && (capital || (/^\p{Lu}/u.test(named[1]) && figure.test(named[1])));
    return inDefinitions || several || (/^\p{Lu}/u.test(named[1]) && named[1].split(/\s+/).length >= 3)
      ? { term: named[1], at: words.indexOf(named[1]), meaning: named[0].length }
      : 'unsure';
  }
  return undefined;
}

/** `The height of the wall above the water is called freeboard.`, `堰的最高点称为堰顶。`: what it means stands first. */
const meaningFirst =
  /^((?:The|An?|Any|Such an?|Each)\s(?:[^\s,.;:“"”]+[\s,]+){3,24}?)(?:is|are)\s(?:called|known\sas|termed|referred\sto\sas)\s(?:(?:an?|the)\s)?["“*_]{0,2}(?!(?:away|out|up|off|in|on|upon|back|into|for|to|by|home|forth|names?|again|after|from|at|before|and|or|as)\b)(\p{Ll}[\p{L}’'-]*(?:\s\p{Ll}[\p{L}’'-]*){0,2})["”*_]{0,2}(?=[.;(]|$)/u;

export function readMeaningFirst(words: string): Found | undefined {
  const [whole = '', meaning = '', term = ''] = meaningFirst.exec(words) ?? [];
  if (whole === '' || /\b(?:he|she|I|we|you|who|which)\b/.test(meaning)) return undefined;
  const from = whole.indexOf(meaning);
  return { term, at: whole.lastIndexOf(term), meaning: from, end: from + meaning.trimEnd().length };
}
