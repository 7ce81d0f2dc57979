/** @file Rewards of groups, and the advantages that seven estimators make of them: type, paste or drag, and watch alpha and gamma. */
import { signal } from '@preact/signals';
import { estimatorNames } from '../../src/advantages/registry.ts';
import { type AdvantageTerms, advantageTerms } from '../../src/studio/shared/advantage-terms.ts';
import { formatGroups, parseGroups } from '../../src/studio/shared/reward-groups.ts';
import { number, signed } from '../lib/format.ts';
import { go, route, withQuery } from '../lib/route.ts';
import { Bar, fullAdvantage } from '../parts/bar.tsx';
import { Heads, Task } from '../parts/small.tsx';

const sample = 'EM: 1 0 0 0\nEM: 1 1 1 0\nF1: 0.8 0.5 0.4 0.9\nSummary: 0.21 0.24 0.2 0.23';
const examples: readonly (readonly [name: string, text: string])[] = [
  ['Hard and easy', 'EM: 1 0 0 0 0 0 0 0\nEM: 1 1 1 1 1 1 1 0'],
  ['A task of small differences', 'EM: 1 0 1 0\nSummary: 0.21 0.24 0.2 0.23'],
  ['One prompt, one rollout', 'EM: 1\nEM: 0 1 0 0'],
  ['Two tasks, five prompts', sample],
];

/** Where the sliders stand while they are dragged. */
const dragged = signal<{ readonly d: number; readonly reward: number } | undefined>(undefined);

function AdvantageCell({ terms }: { readonly terms: AdvantageTerms | undefined }) {
  const value = terms?.advantage ?? 0;
  const words =
    terms === undefined
      ? ''
      : `(${number(terms.reward, 2)} − ${number(terms.centre)}) ÷ ${number(terms.scale)} × ${number(terms.weight)}`;
  return (
    <td class="bar-cell" title={words}>
      <Bar value={value} full={fullAdvantage} look="advantage-bar" />
      {signed(value, 2)}
    </td>
  );
}

export function Explorer() {
  const { query } = route.value;
  const text = query.get('groups') ?? sample;
  const [alpha, gamma] = [Number(query.get('alpha') ?? 0.8), Number(query.get('gamma') ?? 1)];
  const { groups, problem } = parseGroups(text);
  const batch = {
    rewards: groups.flatMap(({ rewards }) => rewards),
    prompts: groups.flatMap(({ rewards }, x) => rewards.map(() => x)),
    tasks: groups.flatMap(({ task, rewards }) => rewards.map(() => task)),
  };
  const drag = dragged.value;
  const live = { ...batch, rewards: batch.rewards.map((reward, d) => (drag?.d === d ? drag.reward : reward)) };
  const terms = estimatorNames.map((name) => advantageTerms(name, live, { alpha, gamma }));
  const set = (change: Record<string, string | number>) => go(withQuery(change), true);
  const keep = (d: number, reward: number) => {
    dragged.value = undefined;
    let next = 0;
    const changed = groups.map(({ task, rewards }) => ({
      task,
      rewards: rewards.map((each) => (next++ === d ? reward : each)),
    }));
    set({ groups: formatGroups(changed) });
  };
  const slider = (name: string, value: number, most: number) => (
    <label class="row">
      <span style={{ width: '60px' }}>{name}</span>
      <input
        type="range"
        min="0"
        max={most}
        step="0.05"
        value={value}
        style={{ flex: 1 }}
        onInput={(event) => set({ [name]: event.currentTarget.value })}
      />
      <span class="number" style={{ width: '40px' }}>
        {value.toFixed(2)}
      </span>
    </label>
  );
  return (
    <main class="stack">
      <div class="head">
        <h1>Seven estimators of the same rewards</h1>
      </div>
      <div class="explorer">
        <div class="panel pad stack">
          <label class="stack" for="groups">
            <span>
              A group a line: <code>task: rewards</code>
            </span>
          </label>
          <textarea
            id="groups"
            spellcheck={false}
            value={text}
            onInput={(event) => set({ groups: event.currentTarget.value })}
          />
          {problem !== undefined && <p class="notice bad">{problem}</p>}
          <div class="row">
            {examples.map(([name, groupsText]) => (
              <button key={name} type="button" onClick={() => set({ groups: groupsText })}>
                {name}
              </button>
            ))}
          </div>
          {slider('alpha', alpha, 1)}
          {slider('gamma', gamma, 3)}
          <p class="small soft">
            GRPO divides by the spread of the own group: a group of tiny differences shouts as loudly as any. Dr. GRPO
            divides by nothing: a task of small rewards is not heard. TMN takes the mean of the prompt off and divides
            by the spread of the task. TMN-Reweight lets right answers to hard prompts and wrong ones to easy prompts
            weigh more, by gamma; alpha says how much of the prompt's own mean decides what passes. RLOO is Dr. GRPO a
            little larger in small groups. MaxRL divides by the mean of the group: what seldom succeeds is loud.
          </p>
        </div>
        <div class="panel scroll-x">
          <table class="estimators">
            <Heads names={['Task', 'Prompt', 'Reward, drag it', ...estimatorNames]} />
            <tbody>
              {live.rewards.map((reward, d) => (
                <tr key={d} class={live.prompts[d] === live.prompts[d - 1] ? 'goes-on' : undefined}>
                  <td>{live.prompts[d] === live.prompts[d - 1] ? '' : <Task task={live.tasks[d] ?? ''} />}</td>
                  <td class="soft">{live.prompts[d] === live.prompts[d - 1] ? '' : (live.prompts[d] ?? 0) + 1}</td>
                  <td>
                    <input
                      type="range"
                      min="0"
                      max="1"
                      step="0.01"
                      value={reward}
                      aria-label={`Reward of rollout ${d + 1}`}
                      onInput={(event) => (dragged.value = { d, reward: Number(event.currentTarget.value) })}
                      onChange={(event) => keep(d, Number(event.currentTarget.value))}
                    />{' '}
                    <span class="number">{number(reward, 2)}</span>
                  </td>
                  {terms.map((ofEstimator, i) => (
                    <AdvantageCell key={estimatorNames[i]} terms={ofEstimator[d]} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </main>
  );
}
