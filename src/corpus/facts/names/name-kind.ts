/** @file What kind of thing a name names, by its own words and by what stands beside its mentions. */
import { countriesIn } from './countries.ts';
import type { NameKind } from './name.ts';
import {
  givenNames,
  knownLongPlaces,
  knownOrganisations,
  knownPlaces,
  knownTerms,
  looseOrganisationTails,
  loosePlaceTails,
  organisationHeads,
  organisationTails,
  otherTails,
  placeHeads,
  placeTails,
  speechVerbs,
  termTails,
  workHeads,
  workTails,
} from './name-words.ts';
import type { NameRun } from './scan-names.ts';

/** Points for each kind. */
export type KindPoints = Record<NameKind, number>;

const none = (): KindPoints => ({ person: 0, place: 0, organisation: 0, work: 0, term: 0, other: 0 });

const countries = countriesIn('en', /^\p{L}[\p{L} .’'&-]+$/u);
const places: ReadonlySet<string> = new Set([...knownPlaces, ...knownLongPlaces, ...countries]);

/** Countries, states and great cities. */
export const isKnownPlace = (name: string): boolean => places.has(name);

const isInitial = (word: string): boolean => /^(?:\p{Lu}\.)+$/u.test(word);
const plain = (word: string): string => word.replace(/[.,]$/, '');

/** Ships are called by these before their names. */
const vessel = /^(?:MV|MS|MY|SS|RMS|HMS|USS|FV|RV|HMCS|HMAS) \p{Lu}/u;

/** Before `Station`: it is one of people who work there. */
const stations = new Set([
  'Field',
  'Research',
  'Experiment',
  'Experimental',
  'Biological',
  'Marine',
  'Weather',
  'Agricultural',
]);
const venues = new Set(['Theatre', 'Hotel', 'Restaurant', 'Café', 'Cafe', 'Club']);

/** What the words of a name say of it. */
export function pointsOfWords(words: readonly string[]): KindPoints {
  const points = none();
  const name = words.join(' ');
  const [first = '', last = ''] = [plain(words[0] ?? ''), plain(words.at(-1) ?? '')];
  if (isKnownPlace(name)) points.place += 4;
  if (knownOrganisations.has(name)) points.organisation += 4;
  if (knownTerms.has(name) || vessel.test(name)) points.term += 4;
  if (words.length === 1) {
    if (givenNames.has(first)) points.person += 1;
    return points;
  }
  if (workHeads.has(first) && words[1] === 'of') points.work += 4;
  else if (termTails.has(last)) points.term += 4;
  else if (venues.has(first)) points.organisation += 3;
  else if (words.includes('&')) points.organisation += 4;
  else if (organisationTails.has(last) || (organisationHeads.has(first) && /^(?:of|for)$/.test(words[1] ?? '')))
    points.organisation += 4;
  else if (last === 'Station' && stations.has(words.at(-2) ?? '')) points.organisation += 4;
  else if (placeTails.has(last)) points.place += 4;
  else if (workTails.has(last)) points.work += 4;
  else if (otherTails.has(last)) points.other += 4;
  else {
    if (/^(?:I|II|III|IV)$/.test(last) && otherTails.has(words.at(-2) ?? '')) points.other += 4;
    else if (givenNames.has(first) || /^(?:Jr|Sr|II|III|IV)$/.test(last)) points.person += 3;
    if (isInitial(words[0] ?? '') || isInitial(words[1] ?? '')) points.person += 2;
    else if (looseOrganisationTails.has(last)) points.organisation += 2.5;
    else if (loosePlaceTails.has(last)) points.place += 1.5;
    if (placeHeads.has(first)) points.place += first === 'Saint' ? 3 : 2;
  }
  return points;
}

const kin = 'wife|husband|son|daughter|father|mother|brother|sister|uncle|aunt|friend';
const body = 'voice|eyes|face|head|hand|hands|arm|arms|shoulder|death|life|heart|mind|lips|mouth|room|house|desk';
const role =
  'professor|director|manager|engineer|chairman|chairwoman|president|minister|spokes\\w+|author|poet|writer|officer|head|secretary|teacher|farmer|founder|editor|analyst|researcher|owner|mayor|keeper|resident|scientist|architect|composer|painter|merchant|physicist|historian|novelist|carpenter|captain|sailor|fisherman';

const capitalRole =
  'Chief|Director|Secretary|Treasurer|Clerk|Manager|Professor|Editor|Head|President|Mayor|Engineer|Captain|Councillor|Minister|Officer|Trustee|Member|Bursar|Warden|Curator|Conductor|Author|Host|Reporter|Interviewer';

/** What stands after a mention, and before it. */
const after: readonly (readonly [NameKind, number, RegExp])[] = [
  ['person', 1, new RegExp(`^,?["”’]? (?:${speechVerbs})\\b`)],
  ['person', 0.2, /^ (?:had|has|went|came|took|made|gave|left|did|does|will|ran|sat|stood|[a-z]{2,12}ed)\b/],
  [
    'person',
    2,
    new RegExp(
      `^,? (?:who|whose|aged)\\b|^[’']s (?:${kin}|${body})\\b|^ \\((?:born|b\\.|\\d{4} ?[–-])|^, \\d{2},|^ was born\\b`,
    ),
  ],
  ['person', 2, new RegExp(`^, (?:(?:the|an?|our|its|his|her) )?(?:[\\w-]+ ){0,3}(?:${role})\\b`)],
  ['term', 4, /^["”*_]{1,3} (?:means|shall mean|has the meaning|refers to|is defined)\b/],
  [
    'organisation',
    2,
    /^ (?:announced|acquired|quoted|invoiced|supplied|supplies|manufactures|merged|reported (?:a|revenue|profit)|employs|employed|shares|executives|employees|Holdings|plc)\b|^[’']s (?:shares|board|products|revenues?|customers|headquarters|earnings|chief)\b/,
  ],
  [
    'place',
    3,
    /^(?: \([^)]{1,60}\))?(?:,| (?:is|was|are)) (?:an?|the|one) (?:[\w-]+ ){0,3}(?:river|town|village|city|island|lake|mountain|country|state|district|port|region|county|province|parish|suburb|hamlet|sea|bay)\b/,
  ],
  [
    'organisation',
    3,
    /^(?: \([^)]{1,60}\))?(?:,| (?:is|was|are)) (?:an?|the|one) (?:[\w-]+ ){0,3}(?:company|organi[sz]ation|agency|charity|university|bank|firm|manufacturer|institute|association|party|club|newspaper|publisher)\b/,
  ],
  [
    'work',
    3,
    /^(?: \([^)]{1,60}\))?(?:,| (?:is|was|are)) (?:an?|the|one) (?:[\w-]+ ){0,3}(?:novel|film|play|poem|book|album|song|opera|painting|magazine)\b/,
  ],
  [
    'person',
    2,
    new RegExp(
      `^\\s?\\((?:the )?(?:[Cc]hair|[Vv]ice|${capitalRole})\\b|^, (?:[Cc]hair|${capitalRole})\\b|^\\*\\*:|^,? (?:suggested|proposed|argued|thinks|thought|moved|seconded|abstained|apologi[sz]ed|resigned|retired|joined|wondered|volunteered)\\b`,
    ),
  ],
  ['term', 2, /^ v?\d+\.\d+(?![\d%])(?! (?:million|billion|per|thousand))/],
  [
    'term',
    1.5,
    /^ (?:meteorite|schooner|software|app|firmware|variety|cultivar|syndrome|effect|virus|mission|satellite|spacecraft|gateway|edition)\b/,
  ],
  [
    'organisation',
    2,
    /^ (?:has not answered|had not answered|declined to comment|did not (?:respond|reply)|said in a statement|filed (?:a|an|for)|will install|wants the|went live|quoted|owns|operates|publishes|supplied)\b/,
  ],
  ['place', 1, /^ (?:runs|flows|rises|stretches|lies|empties|floods|flooded)\b/],
  [
    'term',
    2,
    /^ (?:(?:file|data|wire) )?(?:formats?|protocols?|files|library|framework|algorithm|plugin|extension|compiler|driver)\b/,
  ],
  [
    'term',
    2,
    /^(?: \([^)]{1,60}\))?(?:,| (?:is|was|are)) (?:an?|the|one) (?:[\w-]+ ){0,4}(?:protocol|format|language|library|framework|tool|software|algorithm|standard|program|system|term|method|process)\b/,
  ],
  [
    'place',
    2,
    /^ (?:rivers?|islands?|valley|county|province|district|road|street|city|region|area|coast|harbour|harbor|station|bridge|glacier|causeway|marsh|lighthouse|quay|pier|dock|estuary|basin|reservoir|canal|market|airport|peninsula|moor|hills?|beach|forest|suburb|plant|depot|mine|quarry)\b/,
  ],
];
const before: readonly (readonly [NameKind, number, RegExp])[] = [
  ['person', 1, new RegExp(`\\b(?:${speechVerbs})(?: (?:to|by))? $`)],
  ['person', 1, new RegExp(`\\b(?:${kin}|${role}|named|Aged?),? $`)],
  ['person', 0.4, /\b(?:by|with) $/],
  ['place', 1, /(?:^|[.!?][”"’]?\s)(?:At|In|Near) $/],
  ['place', 1, /\b(?:in|near|across|throughout|outside|inside|around|towards?|reached|visited|leaving|via) (?:the )?$/],
  [
    'place',
    1,
    /(?<!\b(?:look|looked|looking|glanced|glancing|stared|staring|gazed|smiled|shouted|yelled|laughed|pointed|frowned|nodded|angry)) at $/,
  ],
  ['place', 0.7, /\bfrom $/],
  ['place', 2, /\bfrom (?:\p{Lu}[\p{L}-]+ ){1,2}to $|\bbetween (?:\p{Lu}[\p{L}-]+ ){1,2}and $/u],
  [
    'place',
    1,
    /\b(?:in|at|near) (?:\p{Lu}[\p{L}-]+, ){0,3}\p{Lu}[\p{L}-]+,? and $|\b(?:in|at|near) (?:\p{Lu}[\p{L}-]+, ){1,3}$/u,
  ],
  ['place', 0.6, /\b(?:at the|from the|to|into|above|below|beyond|on|through) (?:the )?$/],
  ['place', 1, /\b(?:upper|lower|northern|southern|eastern|western|central|downtown|greater) $/],
  [
    'place',
    2,
    /\b(?:town|city|village|river|island|port|county|province|district|coast|region|capital|people|mouth|banks?|shores?|north|south|east|west|outskirts|mayor|king|queen|duke|mile[s]?|hamlet|parish) (?:of|from) (?:the )?$/,
  ],
  ['place', 2, /\b(?:river|lake|mount|island|village|town) $/],
  [
    'organisation',
    2,
    /\b(?:employees?|shares?|executive|director|board|spokes\w+|members?|offices?|works?|worked|working) (?:of|for|at|in) (?:the )?$/,
  ],
  [
    'term',
    2,
    /\b(?:schooner|brig|yacht|trawler|ferry|vessel|ship|steamer|cutter|sloop|barge|tug|frigate|lifeboat|variety|cultivar|breed|software|app|program|programme|tool|library|package|framework|language|typhoon|hurricane|storm|satellite|probe|horse|dog|cat|racehorse)(?:,| called| named)? (?:the )?["“*_]{0,2}$/,
  ],
  [
    'organisation',
    2,
    /\b(?:insurer|supplier|manufacturer|firm|company|contractor|operator|charity|consultancy|developer|publisher|retailer|brewer|printer|shipbuilder|builder|start-?up|subsidiary|bank|union|newspaper),? (?:called |named )?["“*_]?$/,
  ],
  [
    'person',
    2,
    /\b(?:[Aa]ttendees|[Pp]resent|[Aa]pologies|[Mm]embers|[Pp]articipants|[Ss]peakers?|[Cc]hair|[Aa]uthors?|[Ee]ditors?)\*{0,2}: ?\*{0,2} ?(?:\p{Lu}[\p{L}.’'-]+ \p{Lu}[\p{L}’'-]+(?: \([^)]{1,30}\))?, (?:and )?){0,8}$/u,
  ],
  [
    'work',
    2,
    /\b(?:survey|report|study|handbook|column|programme|documentary|ballad|sonnet|newsletter|blog|novel|book|poem|play|film|movie|song|album|newspaper|magazine|opera|entitled|titled) ["“*_]?$/,
  ],
];

/** What all patterns of `after` begin with, and those of `before` end in. */
const beginsAfter: ReadonlySet<string> = new Set(' ,’\'"”*_');
const endsBefore: ReadonlySet<string> = new Set(' "“*_');

/** A sentence goes on in the next line. */
const brokenLine = /(?<!\n)\n(?=[^\s#|>*+-])/g;

/** Mentions that are looked at: enough to tell. */
const looked = 12;

/** What stands beside the mentions of a name says of it; titles before it are a person's. */
export function pointsBeside(text: string, runs: readonly NameRun[]): KindPoints {
  const points = none();
  const step = Math.max(1, Math.floor(runs.length / looked));
  for (let i = 0; i < runs.length; i += step) {
    const run = runs[i];
    if (run === undefined) continue;
    if (run.title !== undefined) points.person += 3;
    if (run.proof !== undefined) points[run.proof] += 3;
    const lead = text.slice(Math.max(0, run.start - 32), run.start).replace(brokenLine, ' ');
    const rest = text.slice(run.end, run.end + 48).replace(brokenLine, ' ');
    if (beginsAfter.has(rest[0] ?? ''))
      for (const [kind, worth, pattern] of after) if (pattern.test(rest)) points[kind] += worth;
    if (run.title !== undefined) continue;
    for (const [kind, worth, pattern] of endsBefore.has(lead.at(-1) ?? '') ? before : []) {
      // `in Ahab's cabin` is no place.
      if (kind === 'place' && run.possessive) continue;
      if (!pattern.test(lead)) continue;
      // `to the Pequod`: a name with an article is a place where more than a preposition says so.
      points[kind] += kind === 'place' && worth < 2 && lead.endsWith('the ') ? worth / 4 : worth;
    }
    if (/^, (?=\p{Lu})/u.test(rest) && isKnownPlace(/^, (\p{Lu}[\p{L}.]+(?: \p{Lu}\p{L}+)?)/u.exec(rest)?.[1] ?? ''))
      points.place += 2;
  }
  return points;
}

const kinds: readonly NameKind[] = ['person', 'place', 'organisation', 'work', 'term', 'other'];
const decisive = 4;

/** The kind with most evidence, where it is enough for so many mentions and twice that of any other; otherwise `other`. */
export function kindOf(points: KindPoints, words: KindPoints, mentions: number): NameKind {
  // Its own words decide: `Bank of the United States` stays a bank, in whatever place it is mentioned.
  const own = kinds.find((kind) => words[kind] >= decisive);
  if (
    own !== undefined &&
    kinds.filter((kind) => words[kind] >= decisive).length === 1 &&
    points.person < 2 * words[own]
  )
    return own;
  const [first, second] = (Object.entries(points) as [NameKind, number][]).sort((a, b) => b[1] - a[1]);
  if (first === undefined || second === undefined) return 'other';
  const enough = Math.max(0.9, 0.12 * Math.min(mentions, looked));
  return first[1] >= enough && first[1] >= 1.5 * second[1] ? first[0] : 'other';
}
