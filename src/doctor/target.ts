/** @file What `doctor --target` can look at: the trainers that golongrl hands its data or its policy to. */

/** `skyrl` speaks the protocol of `tinker`, on a server of one's own. */
export const targets = ['verl', 'skyrl', 'tinker'] as const;
/** Decides which checks are made. */
export type Target = (typeof targets)[number];
