/**
 * @file Whether labels at the beginnings of lines are those of a conversation. A conversation becomes one document in a build, so a
 * page of fields, notes, terms or log lines must not pass for one: its labels come back and alternate, are no field names, and what
 * stands behind them is said to somebody.
 */
import type { Span } from '../document.ts';

/** What the tests look at. */
export interface Said {
  readonly speaker: string;
  readonly time?: string | undefined;
  readonly span: Span;
  readonly bodyStart: number;
}

/** A dialogue has two speakers at least, and its labels come back. */
const leastSpeakers = 2;
const leastTurnsASpeaker = 1.5;
/** Shares of the turns. */
const least = {
  alternating: 0.35,
  speech: 0.5,
  named: 0.5,
  talk: 0.3,
  played: 0.2,
  surely: 0.7,
  chatter: 0.15,
  covered: 0.5,
  text: 0.3,
};
/** Characters of a turn that are looked at. */
const looked = 400;

const share = <T>(items: readonly T[], holds: (item: T, i: number) => boolean): number =>
  items.filter(holds).length / Math.max(1, items.length);

/** Times that each of them comes. */
export function countsOf(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** Several words, or a sentence's end. */
const speech = /(?:\S+\s+){3}\S*\p{L}|\p{Script=Han}{4}|\p{L}[^.!?…。！？]*[.!?…。！？]["”’」)]*$/u;

/** Words that people say to each other: questions, exclamations, I and you. */
const talk =
  /[?!](?![\p{L}\p{N}_=/.&-])|[？！¿]|(?<![\p{L}'-])(?:I|you|me|my|your|yours|we|us|our|thee|thou|thy|ye|yes|yeah|no|nay|ay|aye|oh|ok|okay|hi|hello|hey|yo|morning|bye|goodbye|thanks|thank|please|sir|madam|lol|je|tu|vous|ich|du|Sie|wir|yo|usted|tú|moi|mon|ma|votre|notre|oui|non|mein|mir|mich|dir|Ihnen|ja|nein|мы|вы|ты|я|мне|меня|тебя|тебе|вам|вас|нам|нас|мой|моя|твой|ваш|наш|да|нет)(?![\p{L}-])|[你您妳我咱俺吗嗎吧呢啊嘛呀哦嗯哎唉]|谢谢|再见|ですか|ますか|ください/iu;

/** What is no speech: bullets, code, markup. */
const unspoken = /^(?:[-*•+] |\d+[.)] |[{}<\\$#|@]|\/\/|https?:)|[{}]\s*$|\|.*\|/;

const wordsOf = (text: string, { bodyStart, span }: Said): string =>
  text.slice(bodyStart, Math.min(span.end, bodyStart + looked)).trim();

/** Labels that the text writes in lower case more often than as labels: `Returns`, `Function`. */
function commonWords(text: string, counts: ReadonlyMap<string, number>): Set<string> {
  const wanted = new Map<string, number>();
  for (const label of counts.keys()) if (/^\p{Lu}\p{L}+$/u.test(label)) wanted.set(label.toLowerCase(), 0);
  for (const [word] of text.slice(0, 2_000_000).matchAll(/(?<![\p{L}\p{N}])\p{Ll}+(?![\p{L}\p{N}])/gu)) {
    const found = wanted.get(word);
    if (found !== undefined) wanted.set(word, found + 1);
  }
  return new Set(
    [...counts].filter(([label, count]) => (wanted.get(label.toLowerCase()) ?? 0) > count).map(([label]) => label),
  );
}

/** Characters; the values of a form are no longer. */
const shortValue = 200;

/** The labels of a form come in one order, again and again, before short values. */
function isForm(turns: readonly Said[], speakers: number): boolean {
  if (speakers < 3 || share(turns, ({ bodyStart, span }) => span.end - bodyStart < shortValue) < 0.5) return false;
  return (
    turns.length > speakers && share(turns.slice(speakers), ({ speaker }, i) => speaker === turns[i]?.speaker) > 0.8
  );
}

const first = /(?<![\p{L}'])(?:I|my|me|myself|I'm|I've)(?![\p{L}-])|[我俺]/u;
const second = /(?<!\p{L})(?:you|your)(?!\p{L})|[你您妳]/iu;

/** Answers of an interview speak of themselves, and its questions to somebody; a list of common questions has it the other way. */
export function isInterview(text: string, turns: readonly Said[], asks: (speaker: string) => boolean): boolean {
  const questions = turns.filter(({ speaker }) => asks(speaker)).map((turn) => wordsOf(text, turn));
  const answers = turns.filter(({ speaker }) => !asks(speaker)).map((turn) => wordsOf(text, turn));
  const own = (words: readonly string[]): number => share(words, (said) => first.test(said));
  return own(answers) >= 0.15 && own(answers) > own(questions) && share(questions, (said) => second.test(said)) >= 0.15;
}

/** Whether turns with times are a chat, and no log: people talk in it. */
export function isChat(text: string, turns: readonly Said[]): boolean {
  const counts = countsOf(turns.map(({ speaker }) => speaker));
  if (counts.size < leastSpeakers || (turns.length > 2 && turns.length === counts.size)) return false;
  // Programs have no Chinese names.
  if ([...counts.keys()].every((speaker) => /^\p{Script=Han}{2,4}$/u.test(speaker))) return true;
  return share(turns, (turn) => talk.test(wordsOf(text, turn))) >= least.chatter;
}

/** Whether turns without times are a dialogue. @param play In a layout that little else has. */
export function isDialogue(text: string, turns: readonly Said[], play: boolean): boolean {
  const labels = turns.map(({ speaker }) => speaker);
  const counts = countsOf(labels);
  if (counts.size < leastSpeakers || turns.length < leastTurnsASpeaker * counts.size) return false;
  if ([...counts.values()].filter((count) => count >= 2).length < leastSpeakers) return false;
  if (share(labels.slice(1), (label, i) => label !== labels[i]) < least.alternating) return false;
  const words = turns.map((turn) => wordsOf(text, turn));
  if (share(words, (said) => speech.test(said)) < least.speech) return false;
  const talking = share(words, (said) => talk.test(said));
  if (talking < (play ? least.played : least.talk)) return false;
  // People who speak in turn fill in no form.
  if (talking < least.surely && isForm(turns, counts.size)) return false;
  if (share(words, (said) => unspoken.test(said)) > 0.25) return false;
  const from = turns[0]?.span.start ?? 0;
  const end = turns.at(-1)?.span.end ?? 0;
  const all = end - from;
  const covered = turns.reduce((sum, { span }) => sum + span.end - span.start, 0);
  if (covered < least.covered * all || all < least.text * (text.length - from)) return false;
  if (covered < least.text * text.length && turns.length < 20) return false;
  const common = commonWords(text, counts);
  return share(labels, (label) => !common.has(label)) >= least.named;
}
