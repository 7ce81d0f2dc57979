/** @file English attribution: `said Ahab`, `Ada Merritt told the Panel:`, `the warden said`, `as Rao put it in the ticket,`, `in his report Tarrant complained that`. */
import type { Attribution, Beside } from './attribution.ts';

const verbs =
  '(?:said|says|asked|asks|replied|replies|cried|answered|answers|added|adds|exclaimed|wrote|writes|written|explained|explains|continued|whispered|shouted|remarked|remarks|observed|observes|declared|noted|notes(?!\\s(?:for|of|on|in)\\b)|stated|states(?!\\s(?:for|of|on|in|are)\\b)|muttered|murmured|returned|rejoined|argued|argues|warned|warns|insisted|insists|admitted|announced|responded|retorted|demanded|inquired|enquired|repeated|recalled|recalls|concluded|concludes|commented|testified|suggested|called|begged|urged|joked|sighed|growled|roared|ejaculated|interposed|pursued|resumed|thundered|told|tells|complained|complains|claimed|claims|protested|maintained|maintains|stressed|predicted|promised|acknowledged|conceded|quipped|boasted|grumbled|laughed|smiled|disagreed|agreed|countered|objected|vowed|confessed|reported|put\\sit|puts\\sit|used\\sto\\ssay|liked\\sto\\ssay|would\\ssay|likes\\sto\\ssay)';
const title =
  '(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lady|Lord|Captain|Capt|Colonel|Father|King|Queen|President|Senator|Professor|Judge|Justice|Minister|Aunt|Uncle|Peter|Madame|Monsieur|Inspector|Sergeant|St|Widow)\\.?\\s+)?';
const name = `(${title}(?:\\p{Lu}\\.\\s?){0,2}\\p{Lu}[\\p{L}’'-]+(?:\\s+(?:\\p{Lu}\\.|de|van|von|der|\\p{Lu}[\\p{L}’'-]+)){0,3})`;
const notName =
  /^(?:I|He|She|It|They|We|You|The|An?|This|That|These|Those|Then|And|But|So|Yet|For|Nor|Or|As|At|In|On|To|Of|When|While|If|Once|Now|Here|There|What|Who|Why|How|Where|Which|One|Some|Someone|Somebody|Nobody|Everyone|His|Her|Their|My|Your|Our|Its|No|Yes|Oh|Well|Again|Thus|Finally|Still|Not|After|Before|With|By|From|Meantime|Meanwhile|Hereupon|Whereupon|Thereupon|Presently|Suddenly|However|Therefore|Perhaps|Just|Even|Only|Such|Hence|Soon|Next|Later|Also|Indeed|Mr|Mrs|Ms|Dr|Aye|Nay|Said|Figure|Table|Section|Chapter|Note|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$/;

/** Somebody by what he is: people and bodies that speak. */
const people =
  '(?:man|woman|lady|gentleman|shopper|passenger|commuter|caller|boy|girl|child|captain|master|father|mother|grandfather|grandmother|brother|sister|wife|husband|son|daughter|uncle|aunt|cousin|neighbour|neighbor|friend|king|queen|doctor|nurse|patient|warden|keeper|teacher|pupil|student|officer|manager|director|chairman|chairwoman|chair|minister|mayor|clerk|foreman|driver|farmer|fisherman|sailor|soldier|guard|engineer|architect|lawyer|judge|court|tribunal|spokesman|spokeswoman|spokesperson|visitor|customer|client|reader|resident|tenant|landlord|agent|owner|worker|colleague|volunteer|colonel|sergeant|priest|vicar|bishop|librarian|editor|author|reporter|witness|company|union|council|board|committee|commission|ministry|department|bank|agency|association|government|report|old\\sman|old\\swoman|stranger|dealer|shopkeeper|baker|carpenter|mason|miller|conductor|pilot|coach|player|trainer|chief|director|official|inspector|inspectors|surgeon|scientist|researcher|professor|headmaster|headmistress)';
const described = `([Oo]ne\\sof\\s(?:them|us)|(?:[Tt]he|[Aa]n?|[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne\\sof\\s(?:the|our|my|his|her|their)|[Tt]he\\s\\p{L}+['’]s|[Aa]nother|[Oo]ne)\\s(?:\\p{Ll}[\\p{L}-]*\\s){0,3}?${people}s?(?:\\s(?:of|from|in|with|for)\\s(?:the\\s)?\\p{L}+(?:\\s\\p{Lu}\\p{L}+)?|\\swhom?\\s(?:\\S+\\s?){2,7})?)`;
const pronoun = '([Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e|[Yy]ou)';
const adverbs =
  '(?:(?:\\p{Ll}+ly|also|once|only|then|later|often|always|never|has|had|have|would|could|who|even|still|simply|just|again|soon|finally|first|is\\ssaid\\sto|was\\ssaid\\sto)\\s+){0,4}';
/** `, who was there,` */
const aside = '(?:,\\s[^.;:“"”]{2,90},|\\s\\([^)]{1,60}\\))?';
/** What is done before it is said: `opened the door and said`. */
const deed = '(?:\\s+\\p{Ll}+\\s[^.;:“”"]{2,80}\\sand(?:\\sthen)?)?';
const mid = `${aside}${deed}\\s+${adverbs}${verbs}`;

/** `council leader`, `our chief engineer,`: what somebody is, before the name. */
const roleWord =
  '(?!(?:of|from|in|at|to|with|for|and|by|on|as|that|about|who|which|is|was|or|but|than|into|if|when)\\s)\\p{Ll}[\\p{L}-]*,?\\s+';
/** `said the Widow Amsel`, `Ada Merritt told us`, `she said`. */
const after = new RegExp(
  `^[\\s—–-]{0,3}(?:${verbs}\\s+(?:(?:\\p{Ll}+ly|then|old|young)\\s+|(?:its|the|his|her|an?)\\s[\\p{Ll}\\s]{2,40},\\s+|(?:${roleWord}){1,5})?(?:[Tt]he\\s+)?${name}(?!['’]s\\b|\\p{L})|(?:(?:[Tt]he|[Hh]is|[Hh]er|[Mm]y|[Tt]heir|[Oo]ur|[Ii]ts)\\s+)?(?:${roleWord}){0,5}${name}${aside}\\s+${adverbs}${verbs}(?![\\p{L}]))`,
  'u',
);
const afterDescribed = new RegExp(
  `^[\\s—–-]{0,3}(?:${verbs}\\s+${described}(?![\\p{L}])|${described}${aside}\\s+${adverbs}${verbs}(?![\\p{L}]))`,
  'u',
);
const afterPronoun = new RegExp(
  `^[\\s—–-]{0,3}(?:${pronoun}\\s+${adverbs}${verbs}(?!\\p{L})|${verbs}\\s+(he|she|they|I|we)\\b)`,
  'u',
);
/** Somebody speaks, and nothing says who. */
const afterAnyone = new RegExp(
  `^[\\s—–-]{0,3}(?:(?:you|who|the\\s[\\p{L}\\s]{2,30}?|an?\\s[\\p{L}\\s]{2,30}?|his\\s\\p{L}+|her\\s\\p{L}+)\\s+(?:\\p{Ll}+ly\\s+)?${verbs}|${verbs}\\s+(?:the|an?|his|her|one|my|our)\\b)`,
  'u',
);
/** What somebody is, alone, and a book with its page: behind a dash or in brackets. */
const bare = `((?:\\p{Ll}[\\p{L}-]*\\s){0,2}?${people}(?!\\p{L}))`;
const cited = `((?:The\\s)?\\p{Lu}[\\p{L}’'-]+(?:\\s\\p{L}[\\p{L}’'-]*){1,4}(?=,\\s(?:ff?|pp?|fols?|vol|no|entry|line)\\.?\\s\\d))`;
/** `“Somebody looked me in the eye.” (a patient)`, `“...” — Ada Merritt`, `“...” – driver, route 19`, `“...” (Vestry book, f. 31)`. */
const inBrackets = new RegExp(
  `^\\s{0,2}(?:\\(|[—–]\\s?)(?:${cited}|${name}|${described}|${bare})(?:,\\s[^()\\n]{2,60})?(?:\\)|(?=\\s*(?:\\n|$)))`,
  'u',
);

/** What may stand between the verb and the quotation: to whom, where, and the beginning of what is told. */
const rest = '(?:[^.!?:;“"”«»]{0,110}?)';
const before = new RegExp(
  `(?:^|(?<!\\b(?:for|of|at|from|with|by|to))[\\s“"(])${name}${mid}(?!\\p{L})(${rest})[,:]?\\s*$`,
  'u',
);
const beforeDescribed = new RegExp(
  `(?:^|[\\s“"(])(?<!\\b(?:for|of|at|from|with|by|to)\\s)${described}${mid}(?!\\p{L})(${rest})[,:]?\\s*$`,
  'u',
);
const beforePronoun = new RegExp(
  `(?:^|[\\s“"(,])${pronoun}(?:\\s+(?:him|her|them)sel(?:f|ves))?${deed}\\s+${adverbs}(?:${verbs}|say|write|argue|claim|ask)(?!\\p{L})(${rest})[,:]?\\s*$`,
  'u',
);
/** `Our chief executive, Marcus A. Teale, told investors that`, `One of them, a woman from Umeå, told me` */
const beforeApposed = new RegExp(
  `(?:^|[\\s“"(])(?:${described}|[Oo]ne\\sof\\s\\p{L}+(?:\\s\\p{L}+)?|(?:[Tt]he|[Oo]ur|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er)\\s[\\p{L}\\s-]{3,50}?),\\s(?:(?:old|young|little|poor)\\s)?(?:${name}|${described}),\\s+${adverbs}${verbs}(?!\\p{L})(${rest})[,:]?\\s*$`,
  'u',
);
/** `His words for the minutes were:`, `Cobalt called. Their words:` */
const wordsWere =
  /(?:^|\s)(His|Her|Their)\s(?:(?:own|last|exact)\s)?words(?:\s[^.!?:;“"]{2,40})?(?:\s(?:were|are))?\s?[,:]\s*$/u;
const accordingTo = new RegExp(
  `(?:^|\\s)(?:[Aa]ccording to|[Ii]n the words of|[Aa]s)\\s+(?:(?:its|the|their|his|her|our|an?)\\s[\\p{Ll}\\s-]{3,50},\\s+)?${name}(?:\\s(?:has\\s|once\\s)?(?:put|puts|said|wrote)(?:\\sit)?)?[^.!?:;“"”]{0,40}?,?\\s*$`,
  'u',
);
/** `Dray described the work as`, `The Panel calls this`. */
const calledBefore = new RegExp(
  `(?:^|[\\s(])${name}\\s+(?:once\\s+|has\\s+)?(?:(?:described|describes|dismissed|praised|summed\\s+up)\\s[^.,;“"]{2,40}\\sas|(?:called|calls)\\s(?:it|this|them|him|her|the\\s\\p{L}+))\\s+$`,
  'u',
);
const beforeWith = new RegExp(`${verbs}(?:\\s+\\p{L}+){0,3}\\s*[,:]\\s*$`, 'u');
/** `Deb disagreed:`, `Mabuza [1], who put it thus:`: the one subject of a sentence that ends in a colon. */
const subject = new RegExp(
  `^(?:(?:[Bb]ut|[Aa]nd|[Tt]hen|[Aa]t this,?|[Hh]ere),?\\s+)?(?:[Tt]he\\s(?:\\p{Ll}+\\s){1,2})?${name}(?:\\s\\[\\d+\\])?(?:,\\swho)?\\s\\p{Ll}[^\\p{Lu}.:;“"”]{2,60}:\\s*$`,
  'u',
);
/** What is shown, written on something or listed. */
const noSpeech =
  /\b(?:reads?|following|called|named|follows|include[sd]?|these|lists?|contains?|shows?|bears?|has|had|is|are|was|were|sign|label|headed|entitled|titled)\b/;
/** What is told of a word, a sign or a title is none of the teller's words; nor is what another says in between. */
const ofWords = new RegExp(
  `\\b(?:called|named|titled|entitled|known\\sas|word|words|term|phrase|label|labelled|marked|read|reads|sign|button|field|option|entry|file|message|command|key|menu|because|whose|${verbs.slice(3, -1)})\\b`,
  'u',
);
/** A quotation within what is told begins small, or ends what is told. */
const isTold = (between: string, words: string): boolean =>
  between.trim() === '' ||
  (withWords.test(between) && !ofWords.test(between.replace(withWords, ''))) ||
  (!ofWords.test(between) &&
    (/^\p{Ll}/u.test(words)
      ? /(?:\b(?:that|whether|how|why|of|as|for|it|was|is|were|are|had|has|did|would|to|in|at|on|by)\b|,)\s*\S*$|\bthat\b/u.test(
          between,
        )
      : /^\s+(?:that|me|us|him|her|them|to|in|on|of|again|at|only|reporters|investors|this|from|about|back|how|the|an?|his|her|when|with|after|before|for|\p{Lu})\b/u.test(
          between,
        )));

/** `Dr Hale, you told us that the spillway was, and I quote, `: who is spoken to has said it. */
const toWhomSaid = new RegExp(
  `(?:^|[\\s(])${name},\\s[^.!?;:“”"]{0,60}?\\byou\\s+(?:yourself\\s+)?${adverbs}(?:said|told|wrote|stated|claimed|testified|argued|promised)(?!\\p{L})${rest}[,:]?\\s*$`,
  'u',
);
/** `she wrote it in the margin, with the words `. */
const withWords = /,?\s(?:together\s)?(?:with|in)\sthe(?:se)?\swords:?\s*$/u;

const reach = 200;

interface Found {
  readonly speaker: string;
  readonly at: number;
}

/** The name without what begins the sentence before it; undefined for a pronoun. */
function nameIn(match: RegExpExecArray, from: number): Found | undefined {
  const found = match.slice(1).find((group) => group !== undefined && /^\p{Lu}/u.test(group));
  if (found === undefined) return undefined;
  const words = found.split(/\s+/);
  const skip = words.findIndex((word) => !notName.test(word) || /^(?:Mr|Mrs|Ms|Dr)$/.test(word));
  if (skip < 0) return undefined;
  const speaker = words
    .slice(skip)
    .join(' ')
    .replace(/[’']s?$/, '');
  // `Quickly said ...`: an adverb, not a name.
  if (/^\p{L}+ly$/u.test(speaker) || speaker === '') return undefined;
  const rest_ = found.slice(found.indexOf(words[skip] ?? ''));
  return { speaker, at: from + match.index + match[0].indexOf(rest_, Math.max(0, match[0].indexOf(found))) };
}

const nobody = (at: number, end?: number): Attribution => ({
  speaker: undefined,
  how: 'nobody',
  at,
  ...(end === undefined ? {} : { end }),
});

function groupIn(match: RegExpExecArray, from: number, how: 'description' | 'pronoun', end?: number): Attribution {
  const found = match.slice(1).find((group) => group !== undefined && group.trim() !== '') ?? '';
  const at = from + match.index + match[0].indexOf(found);
  return { speaker: found.trim(), how, at, ...(end === undefined ? {} : { end }) };
}

function named(match: RegExpExecArray, from: number, end?: number): Attribution {
  const found = nameIn(match, from);
  return found === undefined ? nobody(from, end) : { ...found, how: 'name', ...(end === undefined ? {} : { end }) };
}

function behind({ text, outer, words, to }: Beside): Attribution | undefined {
  const tail = text.slice(outer.end, Math.min(to, outer.end + reach));
  const bracketed = inBrackets.exec(tail);
  if (bracketed !== null && /[.!?…]$/.test(words)) {
    const end = outer.end + bracketed[0].length;
    return bracketed[1] !== undefined || bracketed[2] === undefined
      ? groupIn(bracketed, outer.end, 'description', end)
      : named(bracketed, outer.end, end);
  }
  if (!/[,!?.—…-]$/.test(words) && !/^,\s/.test(tail)) return undefined;
  const read = tail.replace(/^,/, ' ');
  const endOf = (match: RegExpExecArray): number => outer.end + match.index + match[0].length;
  const match = after.exec(read);
  if (match !== null && nameIn(match, outer.end) !== undefined) return named(match, outer.end, endOf(match));
  const person = afterDescribed.exec(read);
  if (person !== null) return groupIn(person, outer.end, 'description', endOf(person));
  const he = afterPronoun.exec(read);
  if (he !== null) return groupIn(he, outer.end, 'pronoun', endOf(he));
  const other = match ?? afterAnyone.exec(read);
  return other === null ? undefined : nobody(outer.end, endOf(other));
}

/** The sentence that a quotation stands in, up to it. */
function sentenceBefore({ text, outer, from }: Beside): { readonly near: string; readonly at: number } {
  const start = Math.max(from, outer.start - reach);
  const ahead = text.slice(start, outer.start);
  const cut = Math.max(
    0,
    ...[...ahead.matchAll(/[.!?]["”’)]*\s+(?=[\p{Lu}“"])/gu)].map((match) =>
      /(?:Mr|Mrs|Ms|Dr|St|Capt|Prof|\b\p{Lu})\.\s+$/u.test(ahead.slice(0, match.index + match[0].length))
        ? 0
        : match.index + match[0].length,
    ),
  );
  return { near: ahead.slice(cut), at: start + cut };
}

function ahead(beside: Beside): Attribution | undefined {
  const { near, at } = sentenceBefore(beside);
  const sure = accordingTo.exec(near) ?? calledBefore.exec(near);
  if (sure !== null && nameIn(sure, at) !== undefined) return named(sure, at);
  const called = toWhomSaid.exec(near);
  if (called !== null && nameIn(called, at) !== undefined) return named(called, at);
  const apposed = beforeApposed.exec(near);
  if (apposed !== null && isTold(apposed.at(-1) ?? '', beside.words)) {
    const [, , person, described_] = apposed;
    const found = person ?? described_ ?? '';
    const from = at + apposed.index + apposed[0].indexOf(`, ${found},`) + 2;
    return { speaker: found, how: person === undefined ? 'description' : 'name', at: from };
  }
  const readings = ([before, beforeDescribed, beforePronoun] as const).flatMap((pattern) => {
    const match = pattern.exec(near);
    if (match === null || !isTold(match.at(-1) ?? '', beside.words)) return [];
    if (pattern === before) return nameIn(match, at) === undefined ? [] : [named(match, at)];
    return [groupIn(match, at, pattern === beforePronoun ? 'pronoun' : 'description')];
  });
  // A name before what somebody is says more; a pronoun behind a name is nearer: `I asked Ann and she said`.
  const told = readings.find(({ how }) => how === 'name') ?? readings.find(({ how }) => how === 'description');
  const he = readings.find(({ how }) => how === 'pronoun');
  if (he !== undefined && (told === undefined || he.at > told.at)) return he;
  if (told !== undefined) return told;
  const acts = /[.!?…]$/.test(beside.words) ? subject.exec(near) : null;
  if (acts !== null && !noSpeech.test(acts[0]) && nameIn(acts, at) !== undefined) return named(acts, at);
  const words = wordsWere.exec(near);
  if (words !== null) return groupIn(words, at, 'pronoun');
  return beforeWith.test(near) ? nobody(at) : undefined;
}

/** `and I said, `: who says it stands right before it, and who answers behind. */
const saidJustBefore = new RegExp(
  `(?<!\\p{L})(I|[Hh]e|[Ss]he|[Ww]e|[Tt]hey)\\s+(?:\\p{Ll}+ly\\s+)?${verbs},\\s*$`,
  'u',
);

/** Undefined where no words beside it say that somebody speaks. */
export function englishAttribution(beside: Beside): Attribution | undefined {
  // What a colon leads to is told before it; a name behind begins the next sentence.
  const { text, outer, from } = beside;
  const start = Math.max(from, outer.start - 40);
  const lead = saidJustBefore.exec(text.slice(start, outer.start));
  if (lead?.[1] !== undefined) return groupIn(lead, start, 'pronoun');
  const led = /:\s*$/.test(text.slice(start, outer.start));
  return led ? ahead(beside) : (behind(beside) ?? ahead(beside));
}
