/**
 * @file How many tokens a text has: the one estimate, for any language, and the one way to an exact count.
 * The estimate reads the text once and weighs what byte-pair vocabularies tell apart: words and their length, digits, marks,
 * gaps, and characters by script. The rates are a least-squares fit; `npm run bench:tokens` fits them again and prints the
 * error by language against Qwen's and SmolLM2's tokenizers, on documents that the fit has not seen.
 */
/** Tokens of a text under some tokenizer. */
export type CountTokens = (text: string) => number;

/** What is counted of a text, each times its rate. */
export const tokenFeatures = [
  'words',
  'longRest',
  'capitals',
  'digits',
  'marks',
  'markRest',
  'lines',
  'gaps',
  'accents',
  'han',
  'hiragana',
  'katakana',
  'hangul',
  'fullMarks',
  'otherLetters',
] as const;
/** What the estimate counts in a text, each with a rate for a vocabulary. */
export type TokenFeature = (typeof tokenFeatures)[number];

/**
 * Kinds of vocabulary. `multilingual`: 100 to 250 K entries over many languages (Qwen, Llama 3, Gemma, DeepSeek, GPT-4o);
 * `english`: 32 to 50 K entries over English (SmolLM2, Llama 2), in which a Chinese character has two tokens or more.
 */
export const vocabularies = ['multilingual', 'english'] as const;
/** Which rates count. */
export type Vocabulary = (typeof vocabularies)[number];

type Rates = Readonly<Record<TokenFeature, number>>;

/** Tokens of each feature, fitted on Qwen3's and on SmolLM2's tokenizer. */
const rates: Readonly<Record<Vocabulary, Rates>> = {
  multilingual: {
    words: 0.929,
    longRest: 0.337,
    capitals: 0.126,
    digits: 1.127,
    marks: 0.828,
    markRest: 0.113,
    lines: 1.055,
    gaps: 0.0,
    accents: 2.082,
    han: 0.651,
    hiragana: 0.602,
    katakana: 0.696,
    hangul: 0.828,
    fullMarks: 0.64,
    otherLetters: 0.36,
  },
  english: {
    words: 0.892,
    longRest: 0.382,
    capitals: 0.399,
    digits: 0.992,
    marks: 1.22,
    markRest: 0.255,
    lines: 1.102,
    gaps: 0.0,
    accents: 5.778,
    han: 1.722,
    hiragana: 1.679,
    katakana: 1.803,
    hangul: 2.626,
    fullMarks: 2.413,
    otherLetters: 0.923,
  },
};

/** A word up to this long is one token; the letters of its rest are counted. */
const wholeWord = 7;

const isLower = (code: number): boolean => code >= 97 && code <= 122;
const isUpper = (code: number): boolean => code >= 65 && code <= 90;

/** The script of a character beyond ASCII, as a feature. */
function scriptOf(code: number): TokenFeature {
  if ((code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff)) return 'han';
  if (code >= 0x3041 && code <= 0x309f) return 'hiragana';
  if ((code >= 0x30a0 && code <= 0x30ff) || (code >= 0xff66 && code <= 0xff9f)) return 'katakana';
  if ((code >= 0xac00 && code <= 0xd7af) || (code >= 0x1100 && code <= 0x11ff)) return 'hangul';
  if ((code >= 0x2010 && code <= 0x206f) || (code >= 0x3000 && code <= 0x3040) || code >= 0xff00) return 'fullMarks';
  return 'otherLetters';
}

/** The features of a text, in one pass over its UTF-16 units. */
export function measureTokens(text: string): Record<TokenFeature, number> {
  let [words, longRest, capitals, digits, marks, markRest, lines, gaps, accents] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const scripts = { han: 0, hiragana: 0, katakana: 0, hangul: 0, fullMarks: 0, otherLetters: 0 };
  // The letters of the word under way; the capitals at its end; the character before.
  let [length, before] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isLower(code) || (code >= 0xc0 && code <= 0x24f)) {
      if (code > 122) accents++;
      length++;
      if (length === 1) words++;
      else if (length > wholeWord) longRest++;
    } else if (isUpper(code)) {
      // A capital in a word begins a new one (camel case), or goes on a word in capitals.
      if (length > 0 && isLower(before)) length = 0;
      length++;
      if (length === 1) words++;
      else capitals++;
    } else {
      length = 0;
      if (code >= 48 && code <= 57) digits++;
      else if (code === 10) {
        if (before !== 10) lines++;
      } else if (code === 32 || code === 9) {
        if (before === code && (i < 2 || text.charCodeAt(i - 2) !== code)) gaps++;
      } else if (code > 127) scripts[scriptOf(code) as keyof typeof scripts]++;
      else if (code > 32) {
        const again =
          before > 32 && before < 127 && !isLower(before) && !isUpper(before) && !(before >= 48 && before <= 57);
        if (again) markRest++;
        else marks++;
      }
    }
    before = code;
  }
  return { words, longRest, capitals, digits, marks, markRest, lines, gaps, accents, ...scripts };
}

const cjk: ReadonlySet<TokenFeature> = new Set(['han', 'hiragana', 'katakana', 'hangul', 'fullMarks']);

/** The two parts of the estimate: what alphabets and digits come to, and what Chinese, Japanese and Korean characters do. */
function parts(text: string, vocabulary: Vocabulary): readonly [number, number] {
  const measured = measureTokens(text);
  const rate = rates[vocabulary];
  let [alphabetic, ideographic] = [0, 0];
  for (const name of tokenFeatures) {
    const tokens = measured[name] * rate[name];
    if (cjk.has(name)) ideographic += tokens;
    else alphabetic += tokens;
  }
  return [alphabetic, ideographic];
}

/**
 * Tokens of a text without a tokenizer.
 *
 * @param vocabulary the kind of the model's; `multilingual` where it is unknown.
 */
export function estimateTokens(text: string, vocabulary: Vocabulary = 'multilingual'): number {
  const [alphabetic, ideographic] = parts(text, vocabulary);
  return Math.ceil(alphabetic + ideographic);
}

/** A text and its number of tokens under some tokenizer. */
export interface CountedText {
  readonly text: string;
  readonly tokens: number;
}

/**
 * The estimate for a tokenizer that some texts were counted with: its two parts, each times the factor that fits those texts
 * best. A part that none of them has keeps its rates.
 */
export function fitEstimate(counted: readonly CountedText[]): CountTokens {
  let [aa, ab, bb, at, bt] = [0, 0, 0, 0, 0];
  for (const { text, tokens } of counted) {
    if (tokens === 0) continue;
    const [a, b] = parts(text, 'multilingual').map((part) => part / tokens) as [number, number];
    aa += a * a;
    ab += a * b;
    bb += b * b;
    at += a;
    bt += b;
  }
  const determinant = aa * bb - ab * ab;
  // Texts of one script alone say nothing of the other.
  const both = determinant > 1e-3 * aa * bb;
  const factors = both
    ? [(at * bb - bt * ab) / determinant, (bt * aa - at * ab) / determinant]
    : [aa > bb ? at / aa : 1, bb >= aa && bb > 0 ? bt / bb : 1];
  const [forAlphabetic = 1, forIdeographic = 1] = factors.map((factor) => (factor > 0 ? factor : 1));
  return (text) => {
    const [alphabetic, ideographic] = parts(text, 'multilingual');
    return Math.ceil(alphabetic * forAlphabetic + ideographic * forIdeographic);
  };
}

/** What a dataset's card calls the estimate where it calls a tokenizer by name. */
export const estimateName = 'estimate for multilingual vocabularies';
