/**
 * @file Sentences of a document that are written for a model rather than a reader. A filter by wording: it finds what is usual, plain,
 * disguised or encoded, and is not what the judge's control question is for, which finds a judge that has been talked over.
 */

/** Letters of other scripts that look like Latin ones. */
const lookalikes = new Map(
  Object.entries({
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    х: 'x',
    у: 'y',
    і: 'i',
    ѕ: 's',
    ԁ: 'd',
    ո: 'n',
    ο: 'o',
    α: 'a',
    ι: 'i',
  }),
);
const digitLetters: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};

/** One line, one case, one alphabet: without what only an attack has. */
function plain(text: string): string {
  const folded = text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]|\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[а-яіѕԁոοαι]/gu, (letter) => lookalikes.get(letter) ?? letter);
  return folded;
}

/** `Ign0re` as a word; beside the text itself, since letters and digits stand together innocently too. */
const undisguised = (text: string): string =>
  text.replace(/(?<!\w)(?=[a-z\d@$]*[a-z])(?=[a-z\d@$]*[\d@$])[a-z\d@$]{3,}(?!\w)/g, (word) =>
    word.replace(/[\d@$]/g, (mark) => digitLetters[mark] ?? mark),
  );

/** `I g n o r e  a l l` as words. */
const unspaced = (text: string): string =>
  text.replace(/(?<!\p{L})(?:\p{L} ){3,}\p{L}(?!\p{L})/gu, (spaced) => spaced.replaceAll(' ', ''));

/** What long runs of base64 say. */
function decoded(text: string): string {
  const runs = text.match(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{32,}={0,2}/g) ?? [];
  return runs
    .map((run) => Buffer.from(run, 'base64').toString('utf8'))
    .filter((said) => /^[\p{L}\p{N}\p{P}\p{Z}\s]+$/u.test(said))
    .join('\n');
}

const model =
  '(?:ai|a\\.i\\.|artificial intelligence|(?:large )?language model|llm|chat ?bot|gpt|claude|reviewing model|judge model|grading model|ai (?:judge|grader|assistant|evaluator|reviewer))';
const reviewer = `(?:${model}|automated (?:judge|grader|evaluator|reviewer))`;
const verdict = '(?:pass|passed|correct|valid|flawless|perfect|approved)';

const patterns: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier|preceding|foregoing|all|your|any)\b[^.\n]{0,24}\b(?:instructions?|prompts?|directives?|guidelines)\b/,
  /\b(?:ignore|disregard|forget|override)\b[^.\n]{0,20}\b(?:system|developer) (?:prompt|message)s?\b/,
  /\b(?:system|admin|developer) (?:override|prompt|message)\b ?:|\bnew (?:task|instructions?) ?:/,
  new RegExp(`\\byou are (?:now )?(?:an? |the )?${reviewer}\\b`),
  new RegExp(`\\bas an? ${reviewer},? (?:you|please)\\b`),
  new RegExp(
    `\\b(?:note|message|instructions?|attention|to)\\b[^.\\n]{0,12}\\b(?:to|for|the) (?:the |any |all )?${reviewer}s? ?[:,]`,
  ),
  new RegExp(`\\bto (?:the |any )?${reviewer}s? ?:`),
  new RegExp(
    `\\b(?:mark|rate|grade|judge|set|score|label|approve|treat)\\b[^.\\n]{0,40}\\b(?:criteri(?:a|on)|exercise|verdict|sample|fields?)\\b[^.\\n]{0,40}\\b(?:as |to |with )["“”']?${verdict}\\b`,
  ),
  /\bapprove (?:it|this|everything|the exercise) without\b|\bpass (?:everything|every criterion|all criteria|this exercise)\b/,
  /"hallucination" ?:|\b(?:answeruniqueness|distractorquality|taskcompliance|languageconsistency)\b/,
  /<\|?(?:im_start|im_end|system|assistant|user|endoftext)\|?>|<\|[a-z_]{2,24}\|>|\[\/?inst\]|<<\/?sys>>/,
  /doc-[0-9a-f]{12}>>>/,
  /\b(?:ignore[zr]?|oublie[zr]?) (?:toutes |tous )?les (?:instructions|consignes) (?:pr[ée]c[ée]dentes|ci-dessus)/,
  /\b(?:ignora|ignore|olvida|ignorad) (?:todas )?las instrucciones (?:anteriores|previas)/,
  /\b(?:ignoriere|vergiss|missachte)n?(?: sie)? alle (?:vorherigen|bisherigen|obigen) (?:anweisungen|instruktionen)/,
  /(?:忽略|无视|無視|忘记|忘記|不要理会)[^。\n]{0,12}(?:指令|指示|提示|要求|规则|規則|说明|說明)/,
  /你(?:现在)?是(?:一个|一名|个)?(?:ai|人工智能|[^。\n]{0,6}模型|机器人)/,
  /(?:所有|全部|每一?[个项條条]|各项|一律)[^。\n]{0,12}(?:判[为定]|填写?|标[为记]|给)[^。\n]{0,8}(?:pass|通过|通過|合格|满分)/,
  /(?:请直接|一律|必须)[^。\n]{0,8}(?:给出)?(?:通过|通過)|系统提示[：:]/,
];

/** The wording of a document that is meant for a model, if there is some. */
export function injectionIn(text: string): string | undefined {
  const folded = plain(text);
  for (const shown of new Set([folded, undisguised(plain(unspaced(text))), plain(decoded(text))]))
    for (const pattern of patterns) {
      const found = pattern.exec(shown);
      if (found !== null) return found[0];
    }
  return undefined;
}
