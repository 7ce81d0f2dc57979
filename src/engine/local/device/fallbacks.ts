/** @file Which nodes of the graphs ran on the processor instead of the device, from the runtime's profiles. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** An operator that the device does not run, and how many nodes of it the graphs have. */
export interface Fallback {
  readonly operator: string;
  readonly nodes: number;
}

const eventSchema = z.looseObject({
  cat: z.string().optional(),
  name: z.string().optional(),
  args: z.looseObject({ op_name: z.string().optional(), provider: z.string().optional() }).optional(),
});

/** From the profiles in `directory`, the most nodes first. Copies between the two count as the device's. */
export function readFallbacks(directory: string): Fallback[] {
  const counts = new Map<string, Set<string>>();
  for (const file of readdirSync(directory)) {
    const events = z.array(eventSchema).parse(JSON.parse(readFileSync(join(directory, file), 'utf8')));
    for (const { cat, name = '', args } of events) {
      if (cat !== 'Node' || args?.provider !== 'CPUExecutionProvider') continue;
      const operator = args.op_name ?? name;
      counts.set(operator, (counts.get(operator) ?? new Set()).add(`${file} ${name}`));
    }
  }
  return [...counts]
    .map(([operator, nodes]) => ({ operator, nodes: nodes.size }))
    .sort((a, b) => b.nodes - a.nodes || a.operator.localeCompare(b.operator));
}
