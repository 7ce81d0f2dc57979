/** @file What stands around an answer: marks, prose, thinking and ends, as models write them. None changes what is answered. */
import type { Variant } from './variant.ts';

const think = '<think>\nLet me look through the text.\n</think>\n';

type Frame = (text: string) => string;

const frames: Readonly<Record<string, Frame>> = {
  'as asked': (text) => `<think>\n</think>\n[Answer]\n${text}`,
  'no thinking': (text) => `[Answer]\n${text}`,
  'long thinking': (text) =>
    `${think.replace('.\n', '. First I thought of [Answer]\nnothing at all, then I read on.\n')}[Answer]\n${text}`,
  'bold mark': (text) => `${think}**[Answer]**\n${text}`,
  'Answer:': (text) => `${think}Answer: ${text}`,
  'Final answer heading': (text) => `${think}### Final Answer\n\n${text}`,
  'Chinese mark': (text) => `${think}[答案]\n${text}`,
  'mark on the same line': (text) => `${think}[Answer] ${text}`,
  'prose before': (text) => `${think}I compared the parts that the question is about, one by one.\n\n[Answer]\n${text}`,
  'answer tags': (text) => `${think}<answer>${text}</answer>`,
  fence: (text) => `${think}[Answer]\n\`\`\`\n${text}\n\`\`\``,
  'end token': (text) => `${think}[Answer]\n${text}<|im_end|>`,
  'empty lines': (text) => `${think}\n\n[Answer]\n\n${text}\n\n`,
};

/** The gold in every frame. */
export const framed = (text: string): Variant[] =>
  Object.entries(frames).map(([kind, frame]) => ({ kind, response: frame(text) }));
