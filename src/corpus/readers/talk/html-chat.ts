/**
 * @file Pages to which messengers export a chat: each message is an element whose class says so, with the name of who wrote it and the
 * time in elements of their own. They become lines `[18:20] Ann: words`; what the messenger says itself becomes a notice.
 */
import { attribute, type DomNode } from '../html-cell.ts';

/** Classes of the elements: of one message, of who wrote it, of its time, of a picture, of what nobody wrote. */
const classes = {
  message: /(?:^|[\s_-])(?:message|msg)(?:[_-]{1,2}(?:container|item|row|wrapper|block))?(?=\s|$)/i,
  sender:
    /(?:^|[\s_-])(?:from[_-]?name|sender(?:[_-]?name)?|author(?:[_-]?name)?|user[_-]?name|nick(?:name)?|display[_-]?name)(?=\s|$)/i,
  time: /(?:^|[\s_-])(?:time|date|timestamp|ts|when)(?=\s|$)/i,
  picture: /(?:^|[\s_-])(?:userpic\w*|avatar\w*|initials|photo|reactions?)(?=\s|$)/i,
  notice: /(?:^|[\s_-])(?:service|sys|system|notice|event|status)(?=\s|$)/i,
} as const;
type Part = keyof typeof classes;

const isPart = (node: DomNode, part: Part): boolean =>
  node.nodeType === 1 &&
  (classes[part].test(attribute(node, 'class')) || (part === 'time' && node.nodeName.toUpperCase() === 'TIME'));

/** The element itself or those within it that are such a part, the outermost ones. */
function partsIn(root: DomNode, part: Part): DomNode[] {
  const found: DomNode[] = [];
  const walk = (node: DomNode): void => {
    if (node !== root && isPart(node, part)) found.push(node);
    else for (const child of node.childNodes) walk(child);
  };
  walk(root);
  return found;
}

const wordsOf = (node: DomNode | undefined): string => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** What is written: the text without the name, the time and the pictures. */
function saidIn(root: DomNode): string {
  const out: string[] = [];
  const walk = (node: DomNode): void => {
    if (node.nodeType === 3) out.push((node.textContent ?? '').replace(/\s+/g, ' '));
    if (node.nodeType !== 1 || isPart(node, 'sender') || isPart(node, 'time') || isPart(node, 'picture')) return;
    const name = node.nodeName.toUpperCase();
    const apart = name === 'BR' || name === 'DIV' || name === 'P';
    if (apart) out.push('\n');
    for (const child of node.childNodes) walk(child);
    if (apart && name !== 'BR') out.push('\n');
  };
  for (const child of root.childNodes) walk(child);
  return out
    .join('')
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim();
}

/** Of a chat with fewer it is not sure that it is one. */
const leastMessages = 3;
/** Longer names are none. */
const longestName = 60;

/** Messages in order of the page, and what the messenger says between them. */
function messagesIn(root: DomNode): DomNode[] {
  const found: DomNode[] = [];
  const walk = (node: DomNode): void => {
    const inner = isPart(node, 'message') || isPart(node, 'notice') ? partsIn(node, 'message') : undefined;
    // A group of messages of one writer is in an element of that name too.
    const several = inner?.filter((one) => partsIn(one, 'sender').length > 0).length ?? 0;
    if (inner === undefined || several > 1 || (inner.length > 0 && !isPart(node, 'message')))
      for (const child of node.childNodes) walk(child);
    else found.push(node);
  };
  walk(root);
  return found;
}

/** The lines that stand for the messages of a page, by element; empty where the page is no chat. */
export function chatMessages(root: DomNode): ReadonlyMap<DomNode, string> {
  const found = messagesIn(root);
  const lines = new Map<DomNode, string>();
  let [speaker, named]: [string | undefined, number] = [undefined, 0];
  const speakers = new Set<string>();
  for (const node of found) {
    const [sender] = partsIn(node, 'sender');
    const name = wordsOf(sender)
      .replace(/[:：]$/, '')
      .trim();
    const time = wordsOf(partsIn(node, 'time')[0]);
    const said = saidIn(node);
    if (name.length > longestName) return new Map();
    if (name !== '') [speaker, named] = [name, named + 1];
    const isNotice = isPart(node, 'notice') || (name === '' && (time === '' || speaker === undefined));
    if (isNotice) speaker = undefined;
    else if (speaker !== undefined) speakers.add(speaker);
    if (said === '') lines.set(node, '');
    else if (isNotice) lines.set(node, `*** ${said.replace(/\n/g, ' ')}`);
    else lines.set(node, `${time === '' ? '' : `[${time}] `}${speaker}: ${said}`);
  }
  const isTimed = found.filter((node) => /\d/.test(wordsOf(partsIn(node, 'time')[0]))).length >= named;
  return named >= leastMessages && speakers.size >= 2 && isTimed ? lines : new Map();
}
