/**
 * @file Repeated samples: a prompt that stands twice is trained on twice, and two samples of one id cannot be told apart.
 */
import { createHash } from 'node:crypto';
import type { Lint } from './lint.ts';

/** Repetitions that are named one by one. */
const shown = 3;

/** Texts by 96 bits of their hash: prompts are long, so none is kept. */
class Repeated {
  count = 0;
  readonly examples: string[] = [];
  private readonly seen = new Set<string>();

  add(text: string, name: string): void {
    const hash = createHash('sha256').update(text).digest('base64').slice(0, 16);
    if (!this.seen.has(hash)) {
      this.seen.add(hash);
      return;
    }
    this.count++;
    if (this.examples.length < shown) this.examples.push(name);
  }
}

/** Fails at one repeated prompt or id, however few the samples. */
export const repeatedPrompts: Lint = {
  name: 'repeated-prompts',
  start: () => {
    const prompts = new Repeated();
    const ids = new Repeated();
    let samples = 0;
    return {
      add({ id, prompt }) {
        samples++;
        prompts.add(prompt, id);
        ids.add(id, id);
      },
      finish() {
        const named = [...new Set([...prompts.examples, ...ids.examples])].slice(0, shown);
        return {
          verdict: prompts.count + ids.count > 0 ? 'fail' : 'pass',
          samples,
          summary: `${prompts.count} prompts and ${ids.count} ids stand there before (at most 0)${named.length > 0 ? `, e.g. ${named.join(', ')}` : ''}`,
          figures: { prompts: prompts.count, ids: ids.count, examples: named },
        };
      },
    };
  },
};
