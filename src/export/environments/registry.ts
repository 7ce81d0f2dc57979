/** @file The forms of environment packages by the name that `data export --to` takes. */
import type { EnvironmentForm } from './environment.ts';
import { nemoGymForm } from './nemo-gym.ts';
import { openenvForm } from './openenv.ts';
import { verifiersForm } from './verifiers.ts';

export const environmentForms = {
  verifiers: verifiersForm,
  'nemo-gym': nemoGymForm,
  openenv: openenvForm,
} as const satisfies Readonly<Record<string, EnvironmentForm>>;

/** What `data export --to` takes for an environment package. */
export type EnvironmentName = keyof typeof environmentForms;
export const environmentNames = Object.keys(environmentForms) as EnvironmentName[];

export const isEnvironmentName = (name: string): name is EnvironmentName => Object.hasOwn(environmentForms, name);
