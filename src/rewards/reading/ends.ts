/**
 * @file Where a turn ends. Tokens of the policy where they are known, else by their form: `<|…|>`, `<｜…｜>`, `[|…|]`, `</s>`,
 * `<eos>`, `<seed:eos>`, `<end_of_turn>`, and the closing tag of a wrapper around the whole turn (`</response>`).
 */
const endForm =
  /<\|?[a-z_]{2,30}\|>|<[|｜][^|｜<>\n]{1,40}[|｜]>|\[\|[^|[\]\n]{1,40}\|\]|<\/s>|<(?:s|eos|eot|pad|eod|bos)>|<(?:end|start)_of_(?:turn|text|utterance|sequence|message)>|<\/?(?:end|eos|eot)_?(?:token)?>|<[a-z_]{2,20}:(?:eos|bos|eot|end|pad)(?:_[a-z]{1,12})?>|<\/(?:response|output|reply|final|assistant|completion|turn)>/gi;

/** The text up to the first end token that follows some text. */
export function cutAtEnd(text: string, tokens: readonly string[] = []): string {
  let end = text.length;
  const spoken = text.search(/\S/);
  for (const token of tokens) {
    const at = token === '' ? -1 : text.indexOf(token, Math.max(0, spoken));
    if (at > spoken && at >= 0) end = Math.min(end, at);
  }
  if (/[<[]/.test(text)) {
    let behind = 0;
    for (const match of text.matchAll(endForm)) {
      // Tokens that open a turn stand before any text.
      if (text.slice(behind, match.index).trim() === '') {
        behind = match.index + match[0].length;
        continue;
      }
      end = Math.min(end, match.index);
      break;
    }
  }
  return end === text.length ? text : text.slice(0, end);
}

/** The text without the end tokens, of any known form, that stand at its end. */
export function withoutFinalEnds(text: string): string {
  let kept = text.trimEnd();
  while (/[>\]]$/.test(kept)) {
    const from = Math.max(0, kept.length - 48);
    const last = [...kept.slice(from).matchAll(endForm)].at(-1);
    if (last === undefined || from + last.index + last[0].length < kept.length) break;
    kept = kept.slice(0, from + last.index).trimEnd();
  }
  return kept;
}
