/** @file A chapter of an EPUB as HTML: XML closes elements by themselves (`<script/>`), which a reader of HTML takes for open ones. */
import { optionalPackage } from '../../../records/optional-package.ts';
import { QuarantineError } from '../../../records/reader.ts';

const left = new Set(['script', 'style', 'head', 'svg', 'noscript', 'iframe', 'object', 'template', 'nav']);
/** Elements of HTML that have no end. */
const single = new Set(['br', 'hr', 'img', 'col', 'wbr', 'input', 'meta', 'link', 'source']);
const kept = ['colspan', 'rowspan', 'class', 'style', 'hidden', 'scope', 'start', 'value', 'epub:type'];
const deepest = 800;

const quoted = (text: string): string => text.replaceAll('"', '&quot;');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * The body of a page of XML in the syntax of HTML; references such as `&eacute;` stay as they are written.
 *
 * @throws QuarantineError `corrupt` where elements are nested without end
 */
export async function xhtmlAsHtml(xml: string): Promise<string> {
  const { Parser } = await optionalPackage('htmlparser2', () => import('htmlparser2'));
  const out: string[] = [];
  let [depth, ignored, data] = [0, 0, false];
  const plain = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const tag = plain(name);
        if (++depth > deepest) throw new QuarantineError('corrupt', 'the elements are nested too deeply');
        if (ignored > 0 || left.has(tag)) ignored++;
        else {
          const stated = kept.flatMap((key) =>
            attributes[key] === undefined ? [] : [` ${key}="${quoted(attributes[key])}"`],
          );
          out.push(`<${tag}${stated.join('')}>`);
        }
      },
      onclosetag: (name) => {
        const tag = plain(name);
        depth--;
        if (ignored > 0) ignored--;
        else if (!single.has(tag)) out.push(`</${tag}>`);
      },
      ontext: (text) => {
        if (ignored === 0) out.push(data ? escaped(text) : text);
      },
      oncdatastart: () => {
        data = true;
      },
      oncdataend: () => {
        data = false;
      },
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.write(xml);
  parser.end();
  return out.join('').replace(/^[^<]*/, '');
}
