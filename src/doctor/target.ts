/** @file What `doctor --target` can look at: the trainers that golongrl hands its data or its policy to. */

export const targets = ['verl', 'skyrl', 'tinker'] as const;
export type Target = (typeof targets)[number];
