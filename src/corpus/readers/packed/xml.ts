/**
 * @file XML of archives: decoded as it declares, read by htmlparser2 as events or as a tree. Entities beyond the five of XML are left as they
 * stand, so that none is expanded or fetched; depth and number of elements are bounded, since trees are walked by recursion.
 */
import { decodeDeclared } from '../../../records/encoding.ts';
import { optionalPackage } from '../../../records/optional-package.ts';
import { QuarantineError } from '../../../records/reader.ts';

/** An element; names of elements are without their prefix, those of attributes with it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlElement | string)[];
}

/** What is told while a file is read, in its order. */
export interface XmlEvents {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
}

/** Elements within elements; what people write has a few dozen. */
const deepest = 800;
/** A book of 2,000 pages has half a million. */
const mostElements = 3_000_000;
const mostAttributes = 500;

/** `w:p` -> `p` */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The text of an XML file, in the encoding of its byte order mark or declaration. @throws QuarantineError */
export function decodeXml(bytes: Uint8Array): Promise<string> {
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1').replaceAll('\0', '');
  const wide = bytes[0] === 0 ? 'utf-16be' : bytes[1] === 0 ? 'utf-16le' : undefined;
  const declared = /^[^<]*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)/.exec(head)?.[1];
  return decodeDeclared(bytes, wide ?? declared ?? 'utf-8', 'the XML');
}

/** @throws QuarantineError `corrupt` where elements are nested without end or without number. */
export async function readXml(xml: string, events: XmlEvents): Promise<void> {
  const { Parser } = await optionalPackage('htmlparser2', () => import('htmlparser2'));
  let [depth, elements, attributes] = [0, 0, 0];
  const parser = new Parser(
    {
      onopentagname: () => {
        attributes = 0;
        if (++depth > deepest) throw new QuarantineError('corrupt', 'the elements are nested too deeply');
        if (++elements > mostElements)
          throw new QuarantineError('too-large', `at least ${elements} elements, at most ${mostElements} are read`);
      },
      onattribute: () => {
        if (++attributes > mostAttributes) throw new QuarantineError('corrupt', 'an element has too many attributes');
      },
      onopentag: (name, found) => events.open(localName(name), found),
      onclosetag: (name) => {
        depth--;
        events.close(localName(name));
      },
      ontext: events.text,
    },
    { xmlMode: true },
  );
  parser.write(xml);
  parser.end();
}

/**
 * The tree of a file.
 *
 * @param dropped elements that nobody asks for; they and what is in them take no memory
 * @throws QuarantineError `corrupt`
 */
export async function xmlTree(xml: string, dropped: ReadonlySet<string> = new Set()): Promise<XmlElement> {
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const stack: XmlElement[] = [root];
  let ignored = 0;
  await readXml(xml, {
    open: (name, attributes) => {
      if (ignored > 0 || dropped.has(name)) {
        ignored++;
        return;
      }
      const element = { name, attributes, children: [] };
      stack.at(-1)?.children.push(element);
      stack.push(element);
    },
    close: () => {
      if (ignored > 0) ignored--;
      else stack.pop();
    },
    text: (text) => {
      if (ignored > 0) return;
      const siblings = stack.at(-1)?.children;
      const last = siblings?.at(-1);
      // Entities split a text: a concatenation is cheap, a child for each is not.
      if (typeof last === 'string') siblings?.splice(-1, 1, last + text);
      else siblings?.push(text);
    },
  });
  return root;
}

/** @example attribute(paragraph, 'val') // of `w:val` or `val` */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  if (element === undefined) return undefined;
  if (Object.hasOwn(element.attributes, name)) return element.attributes[name];
  for (const key in element.attributes) if (key.endsWith(`:${name}`)) return element.attributes[key];
  return undefined;
}

/** The child elements, or those of one name. */
export function elements(parent: XmlElement | undefined, name?: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of parent?.children ?? [])
    if (typeof child !== 'string' && (name === undefined || child.name === name)) found.push(child);
  return found;
}

/** The element at the end of a path of names: `child(paragraph, 'pPr', 'numPr')`. */
export function child(parent: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let at = parent;
  for (const name of path) {
    at = at?.children.find((inner): inner is XmlElement => typeof inner !== 'string' && inner.name === name);
    if (at === undefined) return undefined;
  }
  return at;
}

/** All elements of a name below one, in order; none is looked for inside of a found one. */
export function descendants(parent: XmlElement | undefined, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const pending = elements(parent).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.name === name) found.push(next);
    // One by one: the arguments of a call are bounded.
    else for (const inner of elements(next).reverse()) pending.push(inner);
  }
  return found;
}

/** All text below an element. */
export function textOf(parent: XmlElement | undefined): string {
  let text = '';
  for (const inner of parent?.children ?? []) text += typeof inner === 'string' ? inner : textOf(inner);
  return text;
}
