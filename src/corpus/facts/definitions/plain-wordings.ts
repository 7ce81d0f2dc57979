/**
 * @file English sentences that say what a thing is where nothing sets its name off: `An SLO is a target that ...`, `Response time means the
 * interval from ...`, `Rime is ice that grows ...`, `What the trade calls a seat is ...`. Much that is told has this form: the name has to
 * come again in the text, and what it is has to be told apart from others of its sort.
 */
import type { Around } from './around.ts';
import type { Found } from './definition.ts';

const word = "[\\p{L}\\d][\\p{L}\\d'’-]*";
/** One to four words, none of which belongs to a sentence's frame. */
const frame =
  '(?:an?|the|this|that|these|those|there|it|he|she|they|we|you|i|who|which|what|and|or|but|if|is|are|was|were|be|as|so|not|no|here|everything|something|nothing|everyone|nobody|one|such|each|every|all|his|her|its|their|our|my|your)\\b';
const term = `((?!${frame})${word}(?:\\s(?!${frame})${word}){0,3}?(?:\\sof\\s(?:an?|the)\\s(?:second\\s|first\\s)?\\p{Ll}+)?)`;
/** `, in our reports,`, `, as we use it,`, `, or SRI,` */
const aside = '(?:,\\s(?:as|in|for|or|also|sometimes|often|to)\\s[^,.;:“"]{2,40},|\\s\\([^)]{1,40}\\))?';
/** What it is, told apart from others of its sort. */
const told =
  '(?:that|which|who|whom|whose|where|when|of|in\\swhich|by\\swhich|on\\swhich|for\\swhich|to\\swhich|in\\s\\p{Ll}+\\sof|between|from|for|used|made)\\b';
/** Measures say what they measure. */
const measure =
  '(?:measure|time|interval|period|ratio|number|height|width|depth|length|weight|distance|difference|share|proportion|rate|sum|total|amount|quantity|part|portion|fall|rise|increase|decrease|percentage|process|practice|method|act|point|level|line|angle|unit|degree|speed|temperature|pressure|force|cost|value|price|day|date|set|count|average|mean)';
/** Sentences of this sort tell how something is, or of somebody. */
const noSort =
  '(?!(?:good|bad|great|question|matter|sign|thing|kind|lot|poor|fine|big|fool|better|best|worst|most|first|last|only|same|main|other|next|one|result|reason|subject|topic|place|way|man|woman|boy|girl|child|day\\swhen|fact|case|story|author|son|daughter|king|queen|friend|answer|truth|shame|pity|wonder|mistake|pleasure|problem)\\b)';

/** How a pattern's term is known for one. */
type Sign = 'again' | 'set-off' | 'again-or-long' | 'sign' | 'none';
interface Wording {
  readonly pattern: RegExp;
  readonly needs: Sign;
}
const of = (pattern: string, needs: Sign = 'again'): Wording => ({ pattern: new RegExp(pattern, 'u'), needs });

const wordings: readonly Wording[] = [
  // `What we call a reversible treatment is one that ...`, `What the trade calls the seat is only this: ...`
  of(
    `^[Ww]hat\\s(?:(?:the\\s)?\\p{L}+\\s){1,3}?calls?\\s(?:an?\\s|the\\s)?["“*_]?${term}["”*_]?\\s(?:is|are)\\s(?:only\\s|simply\\s|just\\s)?(?:(?:that|this):\\s)?(?=\\p{L})`,
    'none',
  ),
  // `Soaking is what potters call holding the kiln ...`
  of(`^(?:[Aa]n?\\s|[Tt]he\\s)?${term}\\sis\\swhat\\s(?:(?:the\\s)?\\p{L}+\\s){1,3}?call\\s(?=\\p{L})`, 'none'),
  // `Post-harvest loss, as we use it, is fish that ...`
  of(
    `^(?:[Aa]n?\\s|[Tt]he\\s)?${term},\\sas\\s(?:we|I)\\suse\\s(?:it|the\\s(?:word|term))(?:\\shere)?,\\s(?:is|means|are)\\s(?=\\p{L})`,
    'none',
  ),
  // `In this report a visit means one person passing one door once`
  of(
    `^(?:In\\s(?:this|the|these|our)\\s\\p{L}+,?\\s)?(?:[Aa]n?\\s|[Tt]he\\s)?${term}${aside}\\smeans\\s(?=(?:an?|the|any|one|all|each|every)\\s(?!(?:end|loss|need|difference|world|same|only|more|less|fewer|lot|change|return|great|chance|right\\sto|risk)\\b))`,
  ),
  // `Sev 2 means a customer can work`, `Nurse First means that a nurse sees ...`
  of(
    `^(\\p{Lu}[\\p{L}\\d]*(?:\\s(?:\\p{Lu}[\\p{L}\\d]*|\\d+))+)\\smeans\\s(?:that\\s)?(?=(?:an?|the|that)\\s|that\\s)`,
  ),
  // `An SLO is a target that ...`, `A DeadLetter is a message for which ...`, `A fast track is the line for patients whom ...`
  of(
    `^(?:For\\sthe\\spurposes?\\sof\\s[^,]{3,40},\\s|In\\s\\p{Ll}+,?\\s)?An?\\s${term}${aside}\\sis\\s(?:here\\s|then\\s|simply\\s|only\\s|just\\s)*(?=(?:an?|the|any)\\s${noSort}(?:small\\s|little\\s|long\\s)?[\\p{Ll}-]+(?:\\s[\\p{Ll}-]+){0,4}?,?\\s${told}|one\\s(?:that|which|who)\\b)`,
  ),
  // `The settling time is the time from ...`, `the order of a lens is a measure of ...`
  of(
    `^(?:In\\s\\p{Ll}+,?\\s)?[Tt]he\\s${term}${aside}\\sis\\s(?=(?:an?|the)\\s${noSort}(?:\\p{Ll}+\\s)?${measure}\\s(?:of|between|from|by\\swhich|in\\swhich|at\\swhich|that|which|during|over|it\\stakes|to\\s\\p{Ll}+|in\\sthe)\\b)`,
    'again-or-long',
  ),
  // `Leeway, to a sailor, is the distance a vessel is pushed ...`
  of(
    `^${term}${aside}\\sis\\s(?=the\\s${measure}\\s(?:of|between|from|by\\swhich|in\\swhich|that|which|an?\\s\\p{Ll}|the\\s\\p{Ll})\\b)`,
  ),
  // `I put the *fly* on. The fly is a small fan that ...`
  of(
    `^The\\s${term}\\sis\\s(?=an?\\s${noSort}(?:small\\s|little\\s|long\\s)?[\\p{Ll}-]+(?:\\s[\\p{Ll}-]+){0,3}?,?\\s(?:that|which|in\\swhich|by\\swhich)\\b)`,
    'set-off',
  ),
  // `The Cone Stop is the switch that ...`, `Home Reader is our scheme in which ...`
  of(
    `^(?:The\\s)?(\\p{Lu}[\\p{L}\\d-]+(?:\\s\\p{Lu}[\\p{L}\\d-]+)+)\\sis\\s(?=(?:an?|the|our)\\s${noSort}[\\p{Ll}-]+(?:\\s[\\p{Ll}-]+){0,3}?,?\\s(?:one\\sfor\\s[^,]{2,30},\\s)?(?:that|which|in\\swhich|on\\swhich|by\\swhich|where|for\\s\\p{Ll}+ing)\\b)`,
    'sign',
  ),
  // `Rime is ice that grows ...`, `Raking light is light that falls ...`
  of(
    `^${term}${aside}\\sis\\s(?=(?!(?:clear|likely|certain|true|such|said|known|evident|possible|probable|sure|found|thought|something|nothing|anything|everything|proof|evidence|glad|afraid|aware|here|worth|happy|what|time|unlikely|obvious|important|essential|told|believed|hoped|good|recommended|suggested|anticipated|assumed|expected|required|desirable|advisable|intended|proposed|agreed|understood|noted|shown)\\b)\\p{Ll}{3,}(?:\\s\\p{Ll}{3,})?\\s(?:that|which)\\b)`,
  ),
  // `the *cobbler*, where silt settled`
  of(`^(?:[Tt]he|[Aa]n?)\\s[*_“"](\\p{Ll}[\\p{Ll} -]{1,40})[*_”"],\\s(?=(?:where|in\\swhich)\\s)`, 'none'),
  // `An error is called transient if ...`
  of(
    `^(?:An?|Any|The)\\s\\p{Ll}+(?:\\s\\p{Ll}+){0,2}\\sis\\s(?:called|said\\sto\\sbe|termed)\\s["“*_]?(\\p{Ll}[\\p{Ll}-]+)["”*_]?\\s(?=(?:if|when)\\s)`,
    'none',
  ),
  // `"Goodwill" is the part of ... that ...`, `"light dues" are charges that ...`, `"EBITDA" is defined there as ...`
  of(
    `^(?:(?:For\\sthe\\spurposes?\\sof|In|Under)\\s[^,]{3,40},\\s)?["“]([^"”]{1,40}?),?["”]\\s(?:is|are)\\s(?:defined\\s\\p{Ll}+\\sas\\s|(?=(?:(?:an?|the|any|all)\\s)?${noSort}(?:[\\p{Ll}-]+\\s){1,4}?${told}))`,
    'none',
  ),
];

/** `a cold premium, that is, a fixed sum on each kilo that ...` */
const thatIs = new RegExp(
  `\\b(?:[Aa]n?|[Tt]he)\\s((?:(?!${frame})[\\p{L}-]+\\s){0,3}?(?!day|time|year|one\\b)[\\p{L}-]{3,}(?:\\sof\\san?\\s\\p{Ll}+)?),\\s(?:that\\sis(?:\\sto\\ssay)?|which\\sis\\sto\\ssay),?\\s(?=(?:an?|the|any|every)\\s[^,.;]{0,60}?\\b(?:that|which|who|whose|where|of|for|by)\\b)`,
  'u',
);

/** `Green bricks, that is, bricks moulded but not yet fired,`: the sort is named again. */
const sortAgain = /(?:^|\s)((?:\p{L}[\p{L}-]*\s){1,2}?(\p{Ll}{4,})),\sthat\sis(?:\sto\ssay)?,?\s(?=\2\s)/u;
/** Under the heading of definitions: `A pass is one crossing of the roost`, `Error is reported as the difference`. */
const inTerms = new RegExp(
  `^(?:(?:An?|The)\\s${term}\\sis\\s(?=(?:one|each|every|any|an?|the|what|all)\\s\\p{Ll})|${term}\\sis\\s(?:reported|measured|expressed|calculated|computed|counted|given|taken|stated)\\sas\\s(?=(?:an?|the)\\s))`,
  'u',
);

/** A name in capitals of something other than a body. */
const isBody =
  /\b(?:Club|Society|Trust|Company|University|College|School|River|County|Council|Board|Committee|Institute|Party|Army|Church|Bank|Foundation|Association|Union|Court|Ministry|Department|Office|Museum|Museums|Street|Road|Bridge|Island|Lake|Mountain|Castle|Group|Corporation|Agency|Authority|Commission)s?\b/;

const generic =
  /^(?:the\s)?(?:example|idea|aim|goal|purpose|result|answer|question|point|effect|cause|reason|problem|solution|advantage|disadvantage|difference|difficulty|alternative|approach|rule|exception|trick|trouble|danger|secret|truth|moral|story|plot|scene|default|first|second|third|last|next|main|best|worst|only|other|new|old|real|whole|simplest|easiest)\b|\b(?:step|reason|problem|idea|thing|way|man|woman|people|example|question|answer|point|aim|goal|change|advantage|difference|task|rule|fact|part|place)$/i;

const pointing =
  /^(?:it|that|this|there|here|all|none|he|she|they|we|you|i|who|both|most|some|many|much|nothing|something)$/i;

const isTerm = (found: string, needs: Sign, around: Around): boolean => {
  if (generic.test(found) || pointing.test(found) || /^\p{L}$/u.test(found)) return false;
  if (needs === 'none') return true;
  if (needs === 'set-off') return around.isSetOff(found) && !around.isName(found);
  if (needs === 'sign') return !isBody.test(found) && around.has(found) && !/^(?:In|On|At|For|From|With)\b/.test(found);
  if (needs === 'again-or-long' && / /.test(found)) return !around.isName(found);
  return (around.inDefinitions || around.has(found)) && !around.isName(found);
};

/** Talk of somebody, and of titles of works. */
const personal = /\b(?:I|you|he|she|my|your|his|her|me)\b|[!?]/;
const isWork = (found: string): boolean => /^\p{Lu}\S*\s(?:.*\s)?\p{Lu}/u.test(found);

function readThatIs(words: string): Found | undefined {
  const match = thatIs.exec(words) ?? sortAgain.exec(words);
  if (match?.[1] === undefined || personal.test(match[0])) return undefined;
  const meaning = match.index + match[0].length;
  const stop = words.slice(meaning).search(/,\s(?:has|have|had|is|are|was|were|will|can|must|may)\b/);
  const end = stop < 0 ? {} : { end: meaning + stop };
  return { term: match[1], at: words.indexOf(match[1], match.index), meaning, ...end };
}

/** Undefined where the words say it of nothing that the text has again. */
export function readPlain(words: string, around: Around): Found | undefined {
  const said = readThatIs(words);
  if (said !== undefined) return said;
  const listed = around.inDefinitions ? inTerms.exec(words) : null;
  const name = listed?.[1] ?? listed?.[2];
  if (listed !== null && name !== undefined && !generic.test(name) && !pointing.test(name))
    return { term: name, at: words.indexOf(name), meaning: listed[0].length };
  for (const { pattern, needs } of wordings) {
    const match = pattern.exec(words);
    const found = match?.[1];
    if (match === null || found === undefined || !isTerm(found, needs, around)) continue;
    const meaning = match.index + match[0].length;
    const end = words.slice(meaning).search(/[,.;](?:\s|$)|[.;]?$/);
    if (personal.test(words.slice(meaning, meaning + end)) && !around.inDefinitions) continue;
    if (/^["“]/.test(words) && isWork(found) && !around.inDefinitions) continue;
    return { term: found, at: words.indexOf(found, match.index), meaning };
  }
  return undefined;
}
