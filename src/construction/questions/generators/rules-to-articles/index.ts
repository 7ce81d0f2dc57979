/**
 * @file T6: rules of a law, a contract or a manual without their numbers, each to be matched with the article or section that has it.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionGenerator } from '../../question.ts';
import { itemLines } from '../../views/lines.ts';
import { nouns } from '../../views/provisions/naming.ts';
import {
  chosenProvisions,
  headingProof,
  type Provision,
  type Provisions,
  provisionPlaces,
} from '../../views/provisions/provisions.ts';
import { isWhole, oneLine, quotable, timesIn, withoutNumber } from '../../views/provisions/quoting.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const items = { least: 4, most: 8 };
const lengths = { en: { least: 40, most: 200 }, zh: { least: 12, most: 80 } } as const;

/** What says that something must be, may be or holds; and no word that stands for something told before. */
const rule =
  /\b(?:shall|must|may|should|is|are)\b (?:only |not |be )|\b(?:shall|must|may|should)\b|应当|不得|可以|必须|须|禁止|有权|负责/;
const standIn =
  /\b(?:it|they|them|these|those|this|he|she|such|see|however|instead|for example|note that|we|you)\b|[他她它]们?|上述|前款|本条|本款|该/i;

const named =
  /§|\b(?:Article|Section|Clause|Schedule|Appendix|Annex|Chapter)s?\s+[\dA-Z]|\b(?:section|clause|chapter|paragraph)s?\s+\d|第[一二三四五六七八九十百\d]+[条章节]/u;

/** Words that a heading gives away make no rule of it. */
const sharesTitle = (quote: string, { title }: Provision): boolean => {
  const words = /\p{Script=Han}/u.test(title)
    ? (title.match(/\p{Script=Han}{2}/gu) ?? [])
    : (title.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
  return words.some((word) => quote.toLowerCase().includes(word.replace(/s$/, '')));
};

/** A sentence of the provision, without numbers of provisions, that no other place of the prompt has. */
function ruleOf(
  context: Context,
  { entry: { document, facts } }: Provisions,
  provision: Provision,
  random: Random,
): { quote: string; proof: Proof } | undefined {
  const { least, most } = lengths[context.language];
  const sentences = facts.sentences.filter(
    ({ start, end }) => start >= provision.span.start && end > provision.bodyStart && end <= provision.span.end,
  );
  for (const span of random.shuffle(sentences)) {
    const words = withoutNumber(oneLine(document.text.slice(Math.max(span.start, provision.bodyStart), span.end)));
    const quote = words;
    const fits =
      quote.length >= least &&
      quote.length <= most &&
      /[.。!?]$/.test(quote) &&
      isWhole(quote) &&
      rule.test(quote) &&
      !standIn.test(quote) &&
      quotable(quote) &&
      !named.test(quote) &&
      !sharesTitle(quote, provision) &&
      /^[\p{Lu}\p{Script=Han}]/u.test(quote);
    if (fits && timesIn(context, quote) === 1) return { quote, proof: { document, span } };
  }
  return undefined;
}

export const rulesToArticles: QuestionGenerator = {
  id: 'rules-to-articles',
  version: 6,
  task: 'T6',
  subtask: 'passages to articles',
  asks: 'Quotes rules without their numbers, each to be matched with the article or section that has it.',
  languages: ['en', 'zh'],
  scope: 'document',
  forms: ['law', 'manual', 'other'],
  least: 2048,
  reserve: 380,
  wordings: asked,
  exempt: { g6: 'its places are spread over the document' },
  contract: {
    en: 'After [Answer], write one line for each quotation, its number and the number in the heading above it, as in “1: Article 7” or “1: section 4.2”; where headings are nested, the innermost.',
    zh: '请在[答案]后为每条引文写一行，先写序号，再写其上标题中的编号，如“1: 第七条”或“1: 第4.2节”；标题有多层的，写最内一层。',
  },
  places: (document, facts) => provisionPlaces(document, facts, ({ all }) => all.length >= 6),
  draw(context, random) {
    const found = chosenProvisions(context);
    if (typeof found === 'string') return found;
    const sure = found.all.filter(({ name }) => !found.unsure.has(name));
    const wanted = random.integer(items.least, items.most);
    const drawn: { readonly provision: Provision; readonly quote: string; readonly proof: Proof }[] = [];
    for (const provision of random.shuffle(sure)) {
      if (drawn.length >= wanted) break;
      const rule = ruleOf(context, found, provision, random);
      if (rule !== undefined) drawn.push({ provision, ...rule });
    }
    if (drawn.length < items.least) return 'too few rules that stand in one place only';
    return {
      slots: {
        document: found.entry.title,
        nouns: nouns(found, context.language),
        items: itemLines(drawn.map(({ quote }) => `“${quote}”`)),
      },
      gold: drawn.map(({ provision }, i) => `${i + 1}: ${provision.name}`),
      rationale: drawn.map(({ provision, quote }) => `${provision.name}: ${quote}`).join('\n'),
      proof: drawn.flatMap(({ provision, proof }) => [proof, headingProof(found, provision)]),
    };
  },
  solve,
};
