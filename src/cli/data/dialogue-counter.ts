/**
 * @file Counts dialogues: prompts of numbered turns (`[T12] Ann: ...`), and how many are as long as the paper asks of dialogue tasks.
 */
import type { Sample } from '../../samples/sample.ts';

/** More turns and tokens than these make a dialogue long. */
export const longDialogue = { turns: 50, tokens: 30_000 } as const;

/** Turns of a prompt; 0 where it is no dialogue. */
export const turnsOf = (prompt: string): number => prompt.match(/^\[T\d+\] /gm)?.length ?? 0;

interface Count {
  dialogues: number;
  long: number;
  /** Of the long ones. */
  composed: number;
  mostTurns: number;
}

/** One pass over the samples; long is over 50 turns and over 30K tokens. */
export class DialogueCounter {
  private readonly counts = new Map<string, Count>();

  add({ task, prompt, tokens, provenance: { generator, composed } }: Sample): void {
    const turns = turnsOf(prompt);
    if (turns === 0) return;
    const name = `${task} ${generator}`;
    const count = this.counts.get(name) ?? { dialogues: 0, long: 0, composed: 0, mostTurns: 0 };
    const long = turns > longDialogue.turns && tokens > longDialogue.tokens;
    this.counts.set(name, {
      dialogues: count.dialogues + 1,
      long: count.long + (long ? 1 : 0),
      composed: count.composed + (long && composed === true ? 1 : 0),
      mostTurns: Math.max(count.mostTurns, turns),
    });
  }

  /** By task and generator. */
  summary(): Readonly<Record<string, Readonly<Count>>> {
    return Object.fromEntries([...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  lines(): string[] {
    const all = Object.entries(this.summary());
    const sum = (key: 'dialogues' | 'long' | 'composed'): number =>
      all.reduce((total, [, count]) => total + count[key], 0);
    return [
      `${sum('dialogues')} dialogues, ${sum('long')} of over ${longDialogue.turns} turns and ${longDialogue.tokens} tokens, ${sum('composed')} of these marked as composed`,
      ...all.map(
        ([name, { dialogues, long, mostTurns }]) => `  ${name}: ${dialogues}, ${long} long, up to ${mostTurns} turns`,
      ),
    ];
  }
}
