/** @file What each sampling session samples from; some follow the newest save of their model. */
import type { WeightsState } from './weights-states.ts';

/** By id, which begins with the session's. */
export class Samplers {
  private readonly states = new Map<string, WeightsState>();
  /** Those that follow, by model. */
  private readonly following = new Map<string, Set<string>>();

  get(id: string): WeightsState | undefined {
    return this.states.get(id);
  }

  set(id: string, state: WeightsState): void {
    this.states.set(id, state);
  }

  /** All samplers that follow a model sample from its newest save. */
  follow(model: string, id: string, state: WeightsState): void {
    const followers = this.following.get(model) ?? new Set();
    this.following.set(model, followers.add(id));
    for (const follower of followers) this.states.set(follower, state);
  }

  /** There will be no more saves of a model. */
  dropModel(model: string): void {
    this.following.delete(model);
  }

  dropSession(session: string): void {
    for (const id of [...this.states.keys()].filter((key) => key.startsWith(`${session}:`))) this.states.delete(id);
  }
}
