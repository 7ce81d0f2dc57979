/** @file How far a policy reads. */
import type { ReadShape } from '../../planning/read-model-shape.ts';

/** Where the model does not say it. */
const usual = 4096;

/** Tokens of prompt and response together. */
export const contextOf = ({ context }: ReadShape): number => context?.positions ?? usual;
