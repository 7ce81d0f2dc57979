/**
 * @file A plan in words and a table.
 */
import { textTable } from '../text-table.ts';
import type { Memory } from './layout.ts';
import type { ClusterRow, Plan } from './plan.ts';

const gib = (bytes: number): string => (bytes / 2 ** 30).toFixed(bytes < 100 * 2 ** 30 ? 1 : 0);

/** Small models take less than a GiB. */
export const size = (bytes: number): string =>
  bytes < 0.1 * 2 ** 30 ? `${(bytes / 2 ** 20).toFixed(0)} MiB` : `${gib(bytes)} GiB`;

const units = [
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;
const short = (count: number): string => {
  const unit = units.find(([size]) => count >= size);
  return unit === undefined
    ? String(Math.round(count))
    : `${(count / unit[0]).toFixed(count / unit[0] < 10 ? 2 : 1)}${unit[1]}`;
};

/** Rounded to what a plan is worth, from `1.5 s` to `3 d`; `-` where the number is not finite. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '-';
  if (seconds < 100) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  if (seconds < 100 * 60) return `${(seconds / 60).toFixed(0)} min`;
  return seconds < 100 * 3600 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(0)} d`;
}

const layoutText = ({ layout: { kind, tensor, context, expert, rollout, offload } }: ClusterRow): string =>
  kind === 'fsdp'
    ? `FSDP${context === 1 ? '' : ` SP ${context}`}${offload === true ? ' offload' : ''}, rollout TP ${rollout}`
    : `TP ${tensor} CP ${context}${expert === 1 ? '' : ` EP ${expert}`}, rollout TP ${rollout}`;

function clusterTable({ cluster }: Plan): string {
  const worst = cluster.some((row) => row.worst !== undefined);
  const hosts = cluster.some(({ memory }) => memory.host !== undefined);
  const costs = cluster.some(({ cost }) => cost !== undefined);
  const head = [
    'GPUs',
    'split',
    'weights',
    'grads',
    'optim',
    'activ',
    'GiB/GPU',
    ...(hosts ? ['host GiB'] : []),
    'fits',
    'KV GiB',
    'KV tokens',
    'sample',
    'logprob',
    'update',
    'step',
    ...(worst ? ['worst'] : []),
    'all steps',
  ];
  const rows = cluster.map((row) => {
    const { memory, time, fits } = row;
    const parts = [memory.weights, memory.gradients, memory.optimizer, memory.activations, memory.total].map(gib);
    const seconds = [
      time.prefill + time.decoding,
      time.scoring,
      time.update,
      time.total,
      ...(worst ? [row.worst?.total ?? Number.NaN] : []),
      row.hours * 3600,
    ];
    const shown = fits ? seconds.map(duration) : seconds.map(() => '-');
    const cost = costs ? [fits && row.cost !== undefined ? row.cost.toFixed(0) : '-'] : [];
    return [
      String(row.layout.gpus),
      layoutText(row),
      ...parts,
      ...(hosts ? [memory.host === undefined ? '-' : gib(memory.host * row.layout.gpus)] : []),
      fits ? 'yes' : 'no',
      gib(row.cache.bytes),
      short(row.cache.tokens),
      ...shown,
      ...cost,
    ];
  });
  return textTable([[...head, ...(costs ? ['cost'] : [])], ...rows]);
}

function localLines({ local, kvBytes, workload, steps }: Plan): string[] {
  if (local === undefined) return [];
  const cache = `key/value cache of one longest group ${size(kvBytes * (workload.maxPromptTokens + workload.group * workload.maxResponseTokens))}`;
  const parts = ({ weights, gradients, optimizer, activations, total }: Memory, last: string) =>
    `weights ${size(weights)}, gradients ${size(gradients)}, optimizer ${size(optimizer)}, ${last} ${size(activations)}: ${size(total)}`;
  const { device } = local;
  if (device !== undefined)
    return [
      `memory on the device (${device.name}): ${parts(device, 'activations')}; ${cache}`,
      `memory here: ${parts(local, 'runtime')}`,
    ];
  return [
    `memory: ${parts(local, 'activations and runtime')}; ${cache}`,
    `time: sampling ${duration(local.sampling)}, training ${duration(local.training)} a step; ${duration(steps * (local.sampling + local.training))} for ${steps} steps`,
  ];
}

/** Lines for a person. */
export function planLines(plan: Plan): string[] {
  const { parameters, tokens, workload, steps, engine, hosted, cluster, assumptions } = plan;
  const active = parameters.active === parameters.total ? '' : `, ${short(parameters.active)} active`;
  const trained = engine === 'local' ? tokens.trainedShared : tokens.trained;
  const unfit = cluster.filter(({ fits }) => !fits).map(({ layout, reason }) => `${layout.gpus} GPUs: ${reason ?? ''}`);
  const { shortfall } = plan;
  return [
    ...(shortfall === undefined ? [] : [`This cannot run: ${shortfall.found}. ${shortfall.change}`, '']),
    `${short(parameters.total)} parameters${active}, ${(plan.kvBytes / 1024).toFixed(0)} KiB of key/value cache a token`,
    `a step: ${workload.prompts} prompts x ${workload.group} rollouts; ${short(tokens.prefilled)} tokens prefilled, ${short(tokens.sampled)} sampled, ${short(trained)} trained`,
    ...localLines(plan),
    ...(cluster.length === 0 ? [] : ['', clusterTable(plan), ...unfit]),
    ...(hosted === undefined ? [] : [`${steps} steps cost ${hosted.toFixed(2)} at the given prices`]),
    ...(engine === 'tinker' && hosted === undefined
      ? ['cost: give the server’s prices (--price-prefill, --price-sample, --price-train)']
      : []),
    '',
    'Assumed:',
    ...assumptions.map((text) => `- ${text}`),
  ];
}
