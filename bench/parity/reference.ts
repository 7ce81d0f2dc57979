/** @file The other side of the comparisons: reference.py in one process, which imports PyTorch once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Commands are those at the head of reference.py; end it with `close`. */
export class Reference {
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;

  constructor(python: string) {
    const script = fileURLToPath(new URL('./reference.py', import.meta.url));
    this.child = spawn(python, [script, 'serve'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, PYTHONWARNINGS: 'ignore', TRANSFORMERS_VERBOSITY: 'error', TQDM_DISABLE: '1' },
    });
    if (!this.child.stdout) throw new Error('reference.py has no output.');
    this.answers = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** @throws Error with what Python said when a command fails. */
  async call(command: string, ...args: string[]): Promise<void> {
    this.child.stdin?.write(`${JSON.stringify([command, ...args])}\n`);
    const { value, done } = await this.answers.next();
    if (done || value !== 'done') throw new Error(`reference.py ${command} ${args.join(' ')}: ${value ?? 'ended'}`);
  }

  close(): void {
    this.child.stdin?.end();
  }
}
