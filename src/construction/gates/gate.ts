/**
 * @file What every sample has to pass: the names of the gates, what each asks, and how a failure is told (data-construction notes,
 * section 1.6). `dossier-gates.ts` and `reading/reading-gates.ts` apply them, `answer-gates.ts` holds what both and the LLM track share.
 *
 * g1-g5, g7 and g9 judge one sample. g6 (long prompts only: a short one is a page) and g8 are properties of the set: `DepthQuota`, in
 * mixtures the tenth that a place asks for, and the generators' shuffles keep them, the report measures them.
 */

/** In the order of the notes, between what comes before all gates and after them. */
export const gateIds = ['draft', 'g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'g8', 'g9', 'duplicate'] as const;

/** `draft` and `duplicate` are no gates of the notes: they count problems not posed and prompts that came before. */
export type GateId = (typeof gateIds)[number];

/** What each gate asks, for the dataset card. */
export const gateRules: Readonly<Record<GateId, string>> = {
  draft: 'the generator can pose its problem over the dossier drawn',
  g1: 'an independent routine finds the same gold in the rendered prompt',
  g2: 'reward(gold) = 1 and reward("") = 0 under both reward profiles',
  g3: 'the answer is unique (T9, a free text, is exempt)',
  g4: 'the answer is not in the question (T2 and T8 list their candidates by design, T6 its names)',
  g5: 'no exploit probe pays more than 0.34 under the hardened profile',
  g6: 'evidence is spread evenly over the depth of the context (long prompts)',
  g7: 'the length is within its bin or limit',
  g8: 'options and orders are shuffled',
  g9: 'no distribution header, footer or page number is left',
  duplicate: 'the prompt occurs once in the dataset',
};

/** The most that a probe may earn on one sample, as a score from 0 to 1. */
export const exploitLimit = 0.34;

/** The gate that a sample does not pass, and why, in words for the report. */
export interface GateFailure {
  readonly gate: GateId;
  readonly why: string;
}
