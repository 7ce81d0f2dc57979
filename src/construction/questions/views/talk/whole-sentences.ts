/** @file Whether what somebody says is a sentence by itself, or only the half of one that answers what was said before it. */

const stative =
  'is|are|was|were|am|be|been|has|have|had|do|does|did|will|would|shall|should|can|could|may|might|must|let';
const past =
  'said|told|took|went|came|gave|got|saw|wrote|made|kept|held|put|knew|read|set|sent|left|found|lost|paid|spent|thought|heard|felt|stood|brought|bought|taught|meant|met|ran|sat|spoke|broke|chose|drew|drove|ate|fell|flew|grew|rose|sang|threw|wore|won|began|became|built|caught|fought|hung|laid|led|sold|slept|struck|understood|woke|cost|cut|hit|shut';
const present =
  'come|give|see|write|make|keep|want|think|know|believe|go|hope|say|take|get|need|mean|stop|says|makes|takes|gives|keeps|costs|looks|runs|stands|falls|rings|begins|ends|holds|wants|knows|thinks|gets|comes|goes|works|lies|shows|brings|tells|opens|closes|carries|leaves|uses|pays|sells|turns|starts|lives|feels|remains|seems|means|needs|stops|belongs|depends|suits|agrees';
const verb = new RegExp(
  `\\b(?:${stative}|${past}|${present})\\b|\\b(?!(?:hundr|inde|ne|se|fe|spe|she|nak|sacr|wick)ed\\b)\\p{Ll}{2,}ed\\b|\\p{Ll}n['’]t\\b|['’](?:m|s|re|ve|d|ll)\\b|\\b(?:I|we|you|they|he|she|it)\\s+\\p{Ll}+`,
  'iu',
);

/** A clause that needs another beside it. */
const dependent =
  /^(?:because|if|when|while|since|although|though|unless|until|till|once|whenever|wherever|before|after|as|whether|provided|lest|in case|so that|even if|even though)\b/i;
const joining = /^(?:and|or|but|nor|which|who|whom|whose|where|so|not|then only)\b/i;
/** From the second word on: what is said of a noun or of the sentence. */
const relative =
  /(?<=\S),?\s+(?:which|who|whom|whose|that|where|when|while|because|if|before|after|since|until|than|though|although|unless)\b(?!['’]).*$/isu;

const dependentZh = /^(?:如果|要是|假如|虽然|尽管|即使|哪怕|只要|只有|除非|当|等到|既然|为了)/u;
const joiningZh = /^(?:以及|还有|或者|并且|而且|比如|例如|包括|除了|甚至|尤其是|特别是|也就是|即|像)/u;

/** `Weighed nothing when it went in.` */
const noSubject = new RegExp(`^(?:${past}|\\p{Lu}\\p{Ll}+ed)\\b`, 'iu');
const month = /(?<=\S\s)May\b/g;

function hasMainClause(words: string): boolean {
  if (noSubject.test(words)) return false;
  const parts = words.replace(month, '').split(/[,;:]\s+/);
  const first = parts.findIndex((part) => !dependent.test(part) && !joining.test(part));
  const main = parts.slice(first).join(', ').replace(relative, '');
  return first >= 0 && verb.test(main);
}

/**
 * Whether a sentence has a main clause. Of `Because a form has been laid.` and `On Saturday, when I polished it.` nobody knows what they are said of.
 */
export function isWholeSentence(words: string): boolean {
  if (!/\p{Script=Han}/u.test(words)) return hasMainClause(words);
  if (joiningZh.test(words)) return false;
  const [, ...rest] = words.split(/[，；]/u);
  // A reason alone answers what somebody else asked.
  if (/^(?:因为|由于)/u.test(words)) return rest.some((part) => /^(?:所以|因此|因而)|[就才]|只[好能]/u.test(part));
  return !dependentZh.test(words) || rest.some((part) => !dependentZh.test(part) && !joiningZh.test(part));
}
