/** @file The commands of `golongrl`, in the order of its help. */
import type { LazyCommand } from './shared/lazy-commands.ts';

/** Only this list is read for `--help`; a command is loaded when it is named. */
export const commands: readonly LazyCommand[] = [
  {
    usage: 'quickstart [options]',
    description: 'documents -> dataset -> RL -> evaluation -> report, in about five minutes on two cores',
    load: async () => (await import('./quickstart.ts')).register,
  },
  {
    usage: 'init [options] [dir]',
    description: 'look at a folder and this machine, and write a configuration that runs',
    load: async () => (await import('./init.ts')).register,
  },
  {
    usage: 'train [options] [config]',
    description: 'train a policy by a configuration file, evaluate it before and after, write a report',
    load: async () => (await import('./train.ts')).registerTrain,
  },
  {
    usage: 'sft [options] [config]',
    description: 'the same, supervised: teach a policy the form of an answer on gold answers',
    load: async () => (await import('./train.ts')).registerSft,
  },
  {
    usage: 'data',
    description: 'build datasets from documents, and look into them',
    load: async () => (await import('./data/index.ts')).register,
  },
  {
    usage: 'eval',
    description: 'evaluate a model on published benchmarks, and say how sure the numbers are',
    load: async () => (await import('./eval/index.ts')).register,
  },
  {
    usage: 'export',
    description: 'write a dataset and a preset as a job of another trainer',
    load: async () => (await import('./export.ts')).register,
  },
  {
    usage: 'score [options] <file>',
    description:
      'reward each row of a JSON Lines file: {data_source, solution_str, ground_truth, extra_info}, or samples with a response',
    load: async () => (await import('./score.ts')).register,
  },
  {
    usage: 'audit [options] <path>',
    description: 'what right answers lose of a dataset and its reward, what wrong ones earn, and what ignorance earns',
    load: async () => (await import('./audit.ts')).register,
  },
  {
    usage: 'exploits [options]',
    description: 'what each reward profile pays for the known exploits',
    load: async () => (await import('./exploits.ts')).register,
  },
  {
    usage: 'math [options] <gold-or-file> [pred]',
    description: 'is PRED equal to GOLD? Or, for each row {gold, pred} of a JSON Lines file: {equal, trace}',
    load: async () => (await import('./math.ts')).register,
  },
  {
    usage: 'advantage [options] <file>',
    description: 'advantages of each batch {rewards, prompt_ids, tasks, alpha, gamma} of a JSON Lines file',
    load: async () => (await import('./advantage.ts')).register,
  },
  {
    usage: 'reward',
    description: 'the rewards as a service',
    load: async () => (await import('./reward.ts')).register,
  },
  {
    usage: 'engine',
    description: 'install the embedded engine, or serve it',
    load: async () => (await import('./engine.ts')).register,
  },
  {
    usage: 'schema [options] [name]',
    description: 'print the JSON schema of a configuration file',
    load: async () => (await import('./schema.ts')).register,
  },
  { usage: 'model', description: 'Convert models.', load: async () => (await import('./model.ts')).register },
  {
    usage: 'report [options] <run>',
    description: 'write the report of a run as one self-contained HTML file, and print its path',
    load: async () => (await import('./report.ts')).register,
  },
  {
    usage: 'studio [options] [folders...]',
    description:
      'look into runs in a browser, while they train and afterwards: curves, rollouts, prompts with their evidence',
    load: async () => (await import('./studio.ts')).register,
  },
  {
    usage: 'plan [options]',
    description: 'tokens, memory a GPU, time and cost of training, with what is assumed; nothing is run',
    load: async () => (await import('./plan.ts')).register,
  },
  {
    usage: 'doctor [options]',
    description:
      'check this machine, and with --target an environment or server that is to train; exit code 1 if something is missing',
    load: async () => (await import('./doctor.ts')).register,
  },
];
