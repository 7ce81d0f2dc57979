/** @file For a family that the engine does not run: which one of those that it runs is nearest, and what it lacks for the other. */
import { type Architecture, architectures } from './model-config.ts';

type Near = readonly [family: Architecture, lacks: string];

const images = 'it reads images; its text model alone, where it is published, may run';
const ungated = 'layer norms with biases, a feed-forward part without a gate';

/** By `model_type` of transformers 5. */
const nearest: Readonly<Record<string, Near>> = {
  apertus: ['llama', 'the xIELU activation, without a gate, and norms of queries and keys'],
  arcee: ['llama', 'a squared ReLU without a gate'],
  bloom: ['llama', ungated],
  cohere: ['llama', 'attention and feed-forward side by side, layer norms'],
  cohere2: ['llama', 'attention and feed-forward side by side, layer norms'],
  deepseek_v2: ['qwen3_moe', 'latent attention, shared experts'],
  deepseek_v3: ['qwen3_moe', 'latent attention, shared experts'],
  exaone4: ['olmo3', 'layers without positions beside windows'],
  falcon: ['llama', ungated],
  gemma: ['gemma3_text', 'norms before its sub-layers alone, none of queries and keys'],
  gemma2: ['gemma3_text', 'soft caps of scores and logits, no norms of queries and keys'],
  gemma3: ['gemma3_text', images],
  gemma3n: ['gemma3_text', 'embeddings of each layer, several residual streams'],
  glm: ['llama', 'rotary positions of a part of each head, projections in one tensor'],
  glm4: ['llama', 'rotary positions of a part of each head, norms on both sides'],
  glm4_moe: ['qwen3_moe', 'shared experts, groups of experts'],
  gpt2: ['llama', ungated],
  gpt_neox: ['llama', ungated],
  gpt_oss: ['qwen3_moe', 'attention sinks, experts with biases, MXFP4 weights'],
  granitemoe: ['granite', 'experts'],
  granitemoehybrid: ['granite', 'state-space layers'],
  lfm2: ['qwen3', 'convolution layers'],
  llama4: ['llama', images],
  llama4_text: ['llama', 'chunked attention, experts'],
  mistral3: ['mistral', images],
  mixtral: ['qwen3_moe', 'experts without norms of queries and keys, in other tensors'],
  mllama: ['llama', images],
  nemotron: ['llama', 'a squared ReLU without a gate, layer norms'],
  olmo: ['olmo2', 'layer norms without weights'],
  olmoe: ['qwen3_moe', 'norms over all heads of queries and keys beside experts'],
  opt: ['llama', ungated],
  phi: ['llama', ungated],
  phi3: ['llama', 'projections in one tensor, rotary positions of a part of each head'],
  phimoe: ['qwen3_moe', 'layer norms, another routing'],
  qwen2_5_vl: ['qwen2', images],
  qwen2_moe: ['qwen3_moe', 'a shared expert, no norms of queries and keys'],
  qwen2_vl: ['qwen2', images],
  qwen3_next: ['qwen3_moe', 'layers of linear attention'],
  qwen3_vl: ['qwen3', images],
  seed_oss: ['llama', 'biases of queries, keys and values without one of the output'],
  stablelm: ['llama', 'layer norms, rotary positions of a part of each head'],
  starcoder2: ['llama', ungated],
};

const sharedLetters = (a: string, b: string): number => {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
};

/** A sentence on the nearest family; of a name that nobody has listed, one that begins alike; undefined where there is none. */
export function nearestFamily(name: string): string | undefined {
  const known = nearest[name];
  if (known)
    return `The nearest family that it runs is ${known[0]}, which does not have what ${name} has: ${known[1]}.`;
  const alike = architectures.toSorted((a, b) => sharedLetters(b, name) - sharedLetters(a, name))[0];
  if (alike === undefined || sharedLetters(alike, name) < 3) return undefined;
  return `The family of the nearest name that it runs is ${alike}.`;
}
