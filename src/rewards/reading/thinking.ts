/**
 * @file What of a response is thinking. Marks of the known families are told by their form: tags of thinking words in angle
 * brackets, square brackets or `◁▷`, with or without bars and a name before a colon, and the channels of Harmony.
 */

/** What a policy's template and tokenizer say; without it, thinking and ends are known by their form. */
export interface PolicyMarks {
  readonly thinkOpen?: readonly string[];
  readonly thinkClose?: readonly string[];
  readonly endTokens?: readonly string[];
  /** Whether the template opens the thinking, so that a response without a closing mark is all thinking. */
  readonly opensThinking?: boolean;
}

const word = '(?:think|thinking|thought|thoughts|reasoning|reflection|scratchpad|analysis|thinking_process)';
const bar = '[|｜]?';
const closing = [
  `<${bar}/${bar}(?:\\w{1,20}:)?${word}${bar}>`,
  `<[|｜](?:end|close)[_▁ ]?(?:of[_▁ ])?(?:the[_▁ ])?${word}[|｜]>`,
  `◁/${word}▷`,
  `\\[/${word}\\]`,
  '<\\|channel\\|>final(?: [^<|]{0,40})?<\\|message\\|>',
  '<channel\\|>',
  `<\\|begin_of_solution\\|>`,
].join('|');
const opening = [
  '<\\|channel>(?:thought|analysis)',
  `<${bar}(?:\\w{1,20}:)?${word}${bar}>`,
  `<[|｜](?:begin|start|open)[_▁ ]?(?:of[_▁ ])?${word}[|｜]>`,
  `◁${word}▷`,
  `\\[${word}\\]`,
  '<\\|channel\\|>(?:analysis|commentary)[^<|]{0,60}<\\|message\\|>',
].join('|');
const anyMark = new RegExp(`(${closing})|${opening}`, 'gi');
/** One of these stands in every mark. */
const hint = /think|thought|reason|reflection|scratchpad|analysis|<\||channel\|/i;

/** Where the visible part of a response begins; `cut` where all that follows is unclosed thinking. */
export interface VisiblePart {
  readonly start: number;
  readonly cut: boolean;
}

function lastOf(text: string, marks: readonly string[]): { at: number; end: number } {
  let best = { at: -1, end: 0 };
  for (const mark of marks) {
    const at = mark === '' ? -1 : text.lastIndexOf(mark);
    if (at > best.at) best = { at, end: at + mark.length };
  }
  return best;
}

/** Marks of the known families count always; `marks` adds those that the policy's template names. */
export function visiblePart(response: string, marks: PolicyMarks | undefined): VisiblePart {
  let start = 0;
  let open = marks?.opensThinking === true;
  if (hint.test(response)) {
    for (const match of response.matchAll(anyMark)) {
      open = match[1] === undefined;
      if (!open) start = match.index + match[0].length;
    }
  }
  const closed = lastOf(response, marks?.thinkClose ?? []);
  const opened = lastOf(response, marks?.thinkOpen ?? []);
  if (closed.at >= 0 && closed.end >= start) {
    start = closed.end;
    open = opened.at > closed.at;
  } else if (opened.at >= start && opened.at >= 0) open = true;
  return { start, cut: open };
}
