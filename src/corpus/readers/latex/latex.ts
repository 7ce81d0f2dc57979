/** @file LaTeX sources of papers and books (`.tex`): one file is one document; files that it takes in are not followed. */
import { collectBytes, decodeUtf8, withoutZeros } from '../../../records/bytes.ts';
import type { Reader } from '../reader.ts';
import { latexText } from './latex-text.ts';
import { argumentOf, macrosOf, withoutRemarks } from './macros.ts';

/** A preamble is shorter. */
const longestPreamble = 200_000;

/** @throws QuarantineError when it is too long or no text */
export const readLatex: Reader = async function* ({ id, bytes, limits }) {
  const source = withoutRemarks(decodeUtf8(withoutZeros(await collectBytes(bytes, limits))));
  const begin = source.indexOf('\\begin{document}');
  const end = source.indexOf('\\end{document}', Math.max(0, begin));
  const preamble = source.slice(0, Math.min(longestPreamble, Math.max(0, begin)));
  const body = source.slice(begin < 0 ? 0 : begin + '\\begin{document}'.length, end < 0 ? source.length : end);
  const macros = macrosOf(preamble);
  const plain = (command: string): string | undefined => {
    const written = argumentOf(preamble, command) ?? argumentOf(body.slice(0, longestPreamble), command);
    if (written === undefined) return undefined;
    const text = latexText(written, macros, limits.maxDocumentBytes).replace(/\s*\[\^\d+\][\s\S]*$/, '');
    return text.replace(/\s+/g, ' ').replaceAll(' ,', ',').trim() || undefined;
  };
  const [title, author] = [plain('title'), plain('author')];
  const text = latexText(body, macros, limits.maxDocumentBytes);
  const metadata: Record<string, string> = author === undefined ? {} : { author };
  yield {
    type: 'document',
    id,
    text: title === undefined ? text : `${title}\n\n${text}`,
    metadata,
    ...(title === undefined ? {} : { title }),
  };
};
