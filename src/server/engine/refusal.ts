/** @file Requests that are not accepted, in hosted Tinker's shapes: a status and `detail`. */
import type { Context } from 'hono';
import { z } from 'zod';
import { GolongrlError, messageOf } from '../../errors.ts';
import { BodyRefused } from '../intake.ts';
import { isMissing } from './checkpoints.ts';

/** Why a request is not accepted. */
export class Refusal extends Error {
  readonly status: 400 | 404 | 425 | 429;
  constructor(status: Refusal['status'], detail: string) {
    super(detail);
    this.status = status;
  }
}

/** The response to a request that was not accepted. */
export function refusal(error: unknown, context: Context): Response {
  if (error instanceof Refusal || error instanceof BodyRefused)
    return context.json({ detail: error.message }, error.status);
  if (error instanceof z.ZodError || error instanceof SyntaxError || error instanceof RangeError) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    return context.json({ detail: issue ? `${issue.path.join('.')}: ${issue.message}` : error.message }, 422);
  }
  if (isMissing(error)) return context.json({ detail: messageOf(error) }, 404);
  if (error instanceof GolongrlError) return context.json({ detail: error.message }, 400);
  return context.json({ detail: messageOf(error) }, 500);
}
