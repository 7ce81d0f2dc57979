/** @file How a sentence calls a speaker: `MR WREN` as `Mr Wren`. What a text writes in small letters stays as it is. */

const small = /^(?:of|and|the|de|von|van)$/i;

/** Initials have no vowel: `KM`. */
const isInitials = (word: string): boolean =>
  /^[B-DF-HJ-NP-TV-XZ]{2,4}$/.test(word) && !/^(?:MRS?|MS|DR|STS?|[JS]R|LT|SGT|MX)$/.test(word);

/** The label as a sentence has it. */
export function called(speaker: string): string {
  if (!/\p{Lu}{2}/u.test(speaker) || /\p{Ll}/u.test(speaker)) return speaker;
  return speaker
    .split(' ')
    .map((word, i) => {
      if (/^[IVX]+\.?$/.test(word) && i > 0) return word;
      if (isInitials(word)) return word;
      if (i > 0 && small.test(word)) return word.toLowerCase();
      return word.toLowerCase().replace(/(?<!\p{L}|\p{L}{2}['’])\p{L}/gu, (letter) => letter.toUpperCase());
    })
    .join(' ');
}

const roles =
  /^(?:King|Queen|Prince|Princess|Duke|Duchess|Count|Countess|Cardinal|Archbishop|Bishop|Abbess|Friar|Clown|Fool|Nurse|Host|Hostess|Shepherd|Bastard|Constable|Chamberlain|Porter|Bawd|Pandar|Provost|Jailer|Gaoler|Courtezan|Courtesan|Merchant|Painter|Poet|Jeweller|Steward|Herald|Boatswain|Master|Physician|Doctor|Apothecary|Chorus|Ghost|Soothsayer|Chair|Chairman|Speaker|Clerk|Judge|Interviewer|Moderator|Narrator|Witness|Foreman)$/;

/** Within a sentence: who is called by an office has the article. */
export const calledWithin = (speaker: string): string => {
  const name = called(speaker);
  return roles.test(name) ? `the ${name}` : name;
};
