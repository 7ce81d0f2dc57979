/**
 * @file Interviews of magazines on the web: paragraphs that are bold as a whole and ask something stand above their answers. They get
 * Markdown's bold, and the line that says who asks is kept, which an article's extraction takes for its author's.
 */
import type { Readability } from '@mozilla/readability';

type Page = ConstructorParameters<typeof Readability>[0];

const leastQuestions = 4;
/** Share of them that end in a question mark. */
const leastAsked = 0.6;
const longest = 600;
const asker = /^(?:Interview(?:ed)?(?: by)?|Questions(?: by)?|采访|访谈|提问)[:：]? ?(?:by )?\S/i;

const wordsOf = (node: { readonly textContent: string | null }): string =>
  (node.textContent ?? '').replace(/\s+/g, ' ').trim();

/** Changes the page in place; a page of other bold paragraphs stays as it is. */
export function markQuestions(page: Page): void {
  const bold = [...page.querySelectorAll('p > strong:only-child, p > b:only-child')].filter((node) => {
    const words = wordsOf(node);
    return words !== '' && words.length <= longest && !/[*_]/.test(words) && words === wordsOf(node.parentNode ?? node);
  });
  // `<b>The Oar: Why?</b>`: the names of a transcript.
  if (bold.filter((node) => /^[^:：?？]{1,40}[:：]/.test(wordsOf(node))).length > bold.length / 2) return;
  const asked = bold.filter((node) => /[?？]["”’]?$/.test(wordsOf(node)));
  if (bold.length < leastQuestions || asked.length < leastAsked * bold.length) return;
  for (const node of bold) node.textContent = `**${wordsOf(node)}**`;
  // Nobody says what stands below a picture.
  for (const node of page.querySelectorAll('figcaption'))
    if (!/[[\]]/.test(wordsOf(node)) && wordsOf(node) !== '') node.textContent = `[${wordsOf(node)}]`;
  for (const node of page.querySelectorAll('p[class], div[class], address[class]')) {
    const words = wordsOf(node);
    if (words.length <= 80 && asker.test(words)) node.removeAttribute('class');
  }
}
