/** @file Results as JSON, for clients that do not read protobuf. */
import type { TopLogprobs } from '../../engine/engine.ts';
import type { ForwardBackwardResult, SampleResult, TargetLogprobs } from '../../engine/tinker/wire-results.ts';
import type { FutureValue } from './futures.ts';

const finiteOrNull = (values: ArrayLike<number>) =>
  Array.from(values, (value) => (Number.isFinite(value) ? value : null));

/** Of each position its tokens with their log-probabilities; null where it has none. */
function topAsJson({ count, tokens, logprobs }: TopLogprobs): ([number, number][] | null)[] {
  return Array.from({ length: tokens.length / count }, (_, position) => {
    if (Number.isNaN(logprobs[position * count])) return null;
    return Array.from({ length: count }, (_unused, k): [number, number] => {
      const at = position * count + k;
      return [tokens[at] ?? 0, logprobs[at] ?? 0];
    });
  });
}

const targetsAsJson = ({ values, shape, sparse }: TargetLogprobs) => ({
  data: Array.from(values),
  dtype: 'float32',
  shape,
  ...(sparse ? { sparse_crow_indices: sparse.rows, sparse_col_indices: sparse.columns } : {}),
});

const sampleAsJson = ({ sequences, promptLogprobs, promptTop, targetLogprobs }: SampleResult) => ({
  type: 'sample',
  sequences: sequences.map(({ stopReason, tokens, logprobs, top }) => ({
    stop_reason: stopReason,
    tokens: Array.from(tokens),
    logprobs: Array.from(logprobs),
    ...(top ? { topk_logprobs: topAsJson(top) } : {}),
  })),
  prompt_logprobs: promptLogprobs ? finiteOrNull(promptLogprobs) : null,
  topk_prompt_logprobs: promptTop ? topAsJson(promptTop) : null,
  ...(targetLogprobs ? { target_prompt_logprobs: targetsAsJson(targetLogprobs) } : {}),
});

const trainingAsJson = ({ outputs, metrics, fans }: ForwardBackwardResult) => ({
  loss_fn_output_type: 'logprobs',
  loss_fn_outputs: outputs.map((output, datum) =>
    Object.fromEntries(
      Object.entries(output).map(([name, data]) => {
        const fan = fans?.[datum] ?? 1;
        const shape = fan > 1 ? [data.length / fan, fan] : [data.length];
        return [name, { data: Array.from(data), dtype: 'float32', shape }];
      }),
    ),
  ),
  metrics,
});

/** The body of a result. */
export function asJson(value: FutureValue): object {
  if (value.type === 'json') return value.body;
  return value.type === 'sample' ? sampleAsJson(value.result) : trainingAsJson(value.result);
}
