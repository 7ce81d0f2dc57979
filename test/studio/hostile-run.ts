/** @file A run whose every field would like to run something: tags, attributes, closing scripts, addresses, names of the prototype. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { openRunDirectory } from '../../src/runs/run-directory.ts';

/** Sets `pwned` wherever it is taken for markup or code. */
export const hostile = `"><img src=x onerror="window.pwned=1"></script><script>window.pwned=2</script><a href="javascript:window.pwned=3">x</a>'\`\${window.pwned=4}\u2028\u202e`;

/** Writes it. @returns its folder */
export async function writeHostileRun(out: string): Promise<string> {
  const { run } = await openRunDirectory({
    path: out,
    kind: 'train',
    ifExists: 'overwrite',
    versions: { golongrl: hostile, platform: hostile },
  });
  await run.writeConfig(`# ${hostile.replaceAll('\u2028', '')}\nsteps: 3\n`);
  const prompt = await run.writePrompt(
    `# ${hostile}\n\n| ${hostile} | b |\n| c | ${hostile} |\n\n${hostile}\n\n${hostile}: says\n`.repeat(5),
  );
  const rollout = {
    text: `${hostile}</think>[Answer]\n${hostile}`,
    score: 0.5,
    status: 'ok',
    state: hostile,
    format: hostile,
    extracted: hostile,
    reason: hostile,
    tokens: 3,
    stopReason: hostile,
    advantage: 1,
    trace: { pieces: [hostile, '__proto__'], sampler: [-100, -2000], trainer: [-200, -100] },
  };
  for (const step of [1, 2, 3]) {
    await run.writeRollouts(step, [
      {
        sample: hostile,
        task: hostile,
        prompt,
        gold: [hostile, '__proto__'],
        use: 'trained',
        reward: { metric: 'EM', language: 'en' },
        generator: hostile,
        question: hostile,
        rationale: hostile,
        promptTokens: 9,
        staleness: 0,
        rollouts: [rollout, { ...rollout, score: 0, advantage: -1 }],
      },
    ]);
    await run.appendMetrics({
      step,
      reward: 0.25,
      passRate: 0,
      truncated: 0,
      entropy: 1,
      states: { [hostile]: 2 },
      tasks: { [hostile]: { reward: 0.25, groups: 1, dropped: 0 }, constructor: { reward: 0 } },
    });
  }
  const row = {
    sample: hostile,
    task: hostile,
    cluster: hostile,
    question: hostile,
    characters: 10,
    gold: [hostile],
    rollout: 0,
    text: hostile,
    score: 0,
    status: 'ok',
    state: hostile,
    format: hostile,
    extracted: hostile,
    reason: hostile,
    tokens: 1,
    stopReason: 'stop',
  };
  await run.writeEvaluation('before-sampled', [row]);
  await run.writeEvaluation('after-sampled', [{ ...row, score: 1 }]);
  mkdirSync(run.file('eval'), { recursive: true });
  writeFileSync(run.file('report.html'), hostile);
  return out;
}
