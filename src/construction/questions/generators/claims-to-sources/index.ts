/**
 * @file T6: statements about one subject (a name that several documents have), each to be given the document that makes it; the others speak
 * of the same and do not say so.
 */
import type { Random } from '../../../../random.ts';
import type { Context, QuestionGenerator } from '../../question.ts';
import { itemLines } from '../../views/lines.ts';
import { withArticle } from '../../views/narrative/article.ts';
import { quotable } from '../../views/narrative/segments.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

/** `纪冬：望川县的方案……`: who speaks would tell the source. */
const spoken = /^[^，。；\s]{1,8}：/u;
const matched = { least: 4, most: 8 };
const leastSources = 3;

interface Claim {
  readonly index: number;
  readonly span: { readonly start: number; readonly end: number };
  readonly words: string;
}

const kinds = new Set(['person', 'place', 'organisation', 'work']);
/** What everything is about is no subject. */
const general =
  /^(?:(?:the )?(?:United States|Congress|America|American|Government|State|States|Union|Senate|House|Europe|God|Nation|President|Federal|Treasury|Administration|Constitution|Republic|People)|中国|我国|全国|国家|政府|本市|全市|全县|.{0,2}(?:文档|文件|软件|系统|程序|公司|项目|工程|平台|用户))$/;
/** A sentence is about what it names early. */
const early = 0.7;

const isAbout = (words: string, name: string): boolean => {
  const at = words.indexOf(name);
  return at >= 0 && at < early * words.length;
};

/** Words of a title that would say where a sentence is from. */
const tellingWords = (title: string): string[] => title.toLowerCase().match(/\p{Script=Han}{2,}|\p{L}{5,}/gu) ?? [];

/** Quotable sentences of every document, by the names in them. */
function claims({ documents }: Context): Map<string, Claim[]> {
  const byName = new Map<string, Claim[]>();
  for (const [index, { document, facts, span, title }] of documents.entries()) {
    const sentences = quotable(document.text, facts.sentences, span, []).map((sentence) => ({
      index,
      span: sentence,
      words: document.text.slice(sentence.start, sentence.end),
    }));
    for (const { name, kind } of facts.names) {
      if (!kinds.has(kind) || general.test(name)) continue;
      const told = tellingWords(title.replace(name, ' '));
      const made = sentences
        .filter(({ words }) => !spoken.test(words))
        .filter(({ words }) => isAbout(words, name) && !told.some((word) => words.toLowerCase().includes(word)));
      if (made.length > 0) byName.set(name, [...(byName.get(name) ?? []), ...made]);
    }
  }
  return byName;
}

function choose(context: Context, random: Random): { name: string; drawn: Claim[] } | undefined {
  const all = context.documents.map(({ document, span }) => document.text.slice(span.start, span.end)).join('\n');
  for (const [name, found] of random.shuffle([...claims(context)])) {
    const once = found.filter(({ words }) => all.indexOf(words) === all.lastIndexOf(words));
    const drawn = random.sample(once, random.integer(matched.least, matched.most));
    if (drawn.length >= matched.least && new Set(drawn.map(({ index }) => index)).size >= leastSources)
      return { name, drawn };
  }
  return undefined;
}

export const claimsToSources: QuestionGenerator = {
  id: 'claims-to-sources',
  version: 3,
  task: 'T6',
  subtask: 'claims to sources',
  asks: 'Asks which of several documents on one subject makes each of some statements.',
  languages: ['en', 'zh'],
  scope: 'documents',
  least: 1024,
  reserve: 400,
  wordings: asked,
  contract: {
    en: 'After [Answer], write one line for each statement: its number, a colon, and the title of the document as its heading line gives it.',
    zh: '请在[答案]后逐行写出，每条一行：编号、冒号、文档标题（与标题行一致）。',
  },
  places(_, facts) {
    const spans = facts.names.filter(({ kind }) => kinds.has(kind)).flatMap(({ mentions }) => mentions.slice(0, 2));
    return spans.length > 0 ? spans : 'it names nobody and nothing';
  },
  draw(context, random) {
    const found = choose(context, random);
    if (found === undefined) return 'no name of which three documents say something that can be quoted';
    const { name, drawn } = found;
    const titleOf = ({ index }: Claim): string => context.documents[index]?.title ?? '';
    return {
      slots: { subject: withArticle(name), items: itemLines(drawn.map(({ words }) => `“${words}”`)) },
      gold: drawn.map((claim, i) => `${i + 1}: ${titleOf(claim)}`),
      rationale: drawn.map((claim) => `${titleOf(claim)}: ${claim.words}`).join('\n'),
      proof: random.shuffle(
        drawn.flatMap(({ index, span }) => {
          const entry = context.documents[index];
          return entry === undefined ? [] : [{ document: entry.document, span }];
        }),
      ),
    };
  },
  solve,
};
