/** @file German, French and Japanese attribution: `Krüger soll gesagt haben:`, `répondit Hélène Cazaux`, `浜田誠一は「…」と述べた`. */
import type { Attribution, Beside } from './attribution.ts';

const name =
  "((?:[Ll]e\\s|[Ll]a\\s|M\\.\\s|Mme\\s|Herr\\s|Frau\\s|Pfarrer\\s|Dr\\.\\s)?\\p{Lu}[\\p{L}’'-]+(?:\\s(?:von\\s|de\\s|van\\s|du\\s)?\\p{Lu}[\\p{L}’'-]+){0,3})";
const aside = '(?:,\\s[^.;:„“”«»]{2,110},)?';
const german =
  '(?:sagte|sagt|schrieb|schreibt|erklärte|meinte|rief|antwortete|fragte|erzählte|berichtete|betonte|(?:hat|soll|habe|hatte)\\s[^.:„]{0,60}?(?:gesagt|erzählt|geschrieben|erklärt|geantwortet)(?:\\shaben)?)';
const french =
  "(?:(?:m['’]|lui\\s|nous\\s)?(?:a|avait)\\s(?:dit|écrit|répondu|déclaré|expliqué|affirmé|confié|lancé|ajouté)|dit|disait|écrit|écrivait|répondit|répond|déclare|déclarait|expliquait|explique|affirme|ajoute|raconte)";
const rest = '[^.!?:„“«»]{0,60}';
const notName =
  /^(?:Der|Die|Das|Ein|Eine|Es|Er|Sie|Man|Im|In|Am|Und|Aber|Le|La|Les|Un|Une|Il|Elle|On|Et|Mais|Dans|Quand|Ce|Cela|Sa|Son|En|Au|À)$/u;

const germanBefore = new RegExp(`(?:^|\\s)${name}${aside}\\s${german}${rest}[:,]\\s*$`, 'u');
const frenchBefore = new RegExp(`(?:^|\\s)${name}${aside}\\s${french}${rest}[:,]\\s*$`, 'u');
const germanAfter = new RegExp(`^,?\\s${german}\\s${name}`, 'u');
const frenchAfter = new RegExp(
  `^,?\\s(?:lui\\s|m['’])?(?:a\\s)?(?:dit|répondu|répondit|déclaré|écrit|ajouté|expliqué|dit-il|explique|répond)\\s${name}`,
  'u',
);
const pronounBefore = new RegExp(
  `(?:^|\\s)(er|sie|il|elle|Er|Sie|Il|Elle)\\s(?:${german}|${french})${rest}[:,]\\s*$`,
  'u',
);
const pronounAfter =
  /^,?\s(?:sagte|meinte|rief|schrieb|antwortete|dit|répond|répondit|écrit|ajoute|explique)[\s-](er|sie|il|elle)\b/u;
const japaneseSubject =
  /(?:^|[。、\n])(?:[^「」。\n]{0,12}の)?([\p{Script=Han}\p{Script=Katakana}ー・]{2,10})(?:さん|氏)?(?:は|が|いわく)[^「」。]{0,30}$/u;
const japaneseVerb = /^と(?:[^。「」]{0,6})?(?:述べ|言[いっわ]|話[しすそ]|語[っりる]|書[いきく]|答え|聞い|説明)/u;

const reach = 200;
const found = (speaker: string, how: Attribution['how'], at: number, end?: number): Attribution => ({
  speaker,
  how,
  at,
  ...(end === undefined ? {} : { end }),
});

/** Undefined where no words beside it say that somebody speaks. */
export function europeanAttribution({ text, outer, from, to }: Beside): Attribution | undefined {
  const start = Math.max(from, outer.start - reach);
  const whole = text.slice(start, outer.start);
  const cut = Math.max(
    0,
    ...[...whole.matchAll(/[.!?]["”»)]*\s+(?=\p{Lu})/gu)].map(({ index, 0: own }) => index + own.length),
  );
  const ahead = whole.slice(cut);
  const behind = text.slice(outer.end, Math.min(to, outer.end + reach));
  const [at, trail] = [start + cut, outer.end];
  for (const pattern of [germanBefore, frenchBefore]) {
    const match = pattern.exec(ahead);
    if (match?.[1] !== undefined && !notName.test(match[1]))
      return found(match[1], 'name', at + match.index + match[0].indexOf(match[1]));
  }
  for (const pattern of [germanAfter, frenchAfter]) {
    const match = pattern.exec(behind);
    if (match?.[1] !== undefined && !notName.test(match[1]))
      return found(match[1], 'name', trail + match[0].indexOf(match[1]), trail + match[0].length);
  }
  const he = pronounBefore.exec(ahead);
  if (he?.[1] !== undefined) return found(he[1], 'pronoun', at + he.index + he[0].indexOf(he[1]));
  const said = pronounAfter.exec(behind);
  return said?.[1] === undefined
    ? undefined
    : found(said[1], 'pronoun', trail + said[0].lastIndexOf(said[1]), trail + said[0].length);
}

/** `浜田誠一は…で「…」と述べた`, `みなと堂さんいわく「…」`. */
export function japaneseAttribution({ text, outer, from, to }: Beside): Attribution | undefined {
  const start = Math.max(from, outer.start - 80);
  const subject = japaneseSubject.exec(text.slice(start, outer.start));
  if (subject?.[1] === undefined) return undefined;
  const told = japaneseVerb.test(text.slice(outer.end, Math.min(to, outer.end + 30))) || /いわく/.test(subject[0]);
  return told ? found(subject[1], 'name', start + subject.index + subject[0].indexOf(subject[1])) : undefined;
}
