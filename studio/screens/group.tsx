/** @file One group: its completions side by side, what each earned and why, and its advantage taken apart under any estimator. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type EstimatorName, estimatorNames } from '../../src/advantages/registry.ts';
import { type AdvantageTerms, advantageTerms } from '../../src/studio/shared/advantage-terms.ts';
import type { GroupDetail, StoredRollout, Verdict } from '../../src/studio/shared/api.ts';
import type { RatioBounds } from '../../src/studio/shared/token-looks.ts';
import { source } from '../lib/api.ts';
import { count, number, signed, size } from '../lib/format.ts';
import { useKeys } from '../lib/keys.ts';
import { go, route, to, withQuery } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { AnswerText } from '../parts/answer-text.tsx';
import { Bar, fullAdvantage } from '../parts/bar.tsx';
import { Diff } from '../parts/diff.tsx';
import { Draws } from '../parts/draws.tsx';
import { GroupTable, isEstimator } from '../parts/group-table.tsx';
import { Badge, stateTone, Task, Waiting } from '../parts/small.tsx';
import { TokenView } from '../parts/token-view.tsx';

/** Whether tokens are shown, where the run keeps them. */
const tokensShown = signal(false);
/** Members to compare word by word. */
const compared = signal<readonly number[]>([]);

/** Different answers of a group that its head lists. */
const mostAnswers = 6;

/** The terms of this group's rollouts, in their order; undefined where the group was not trained on. */
function termsOf(
  { batch, number: line, alpha, gamma, group }: GroupDetail,
  estimator: EstimatorName,
): (AdvantageTerms | undefined)[] {
  const terms = advantageTerms(estimator, batch, { alpha, gamma });
  const own = batch.prompts.flatMap((prompt, d) => (prompt === line ? [terms[d]] : []));
  let next = 0;
  return group.rollouts.map(({ status }) => (own.length > 0 && status === 'ok' ? own[next++] : undefined));
}

function Profiles({ verdict, own }: { readonly verdict: Verdict; readonly own: number }) {
  const differ = Math.abs(verdict.paper.score - verdict.hardened.score) > 1e-9;
  const changed = Math.abs(verdict.hardened.score - own) > 1e-6 && Math.abs(verdict.paper.score - own) > 1e-6;
  return (
    <div class="row small">
      <span title={verdict.paper.reason}>
        paper <b>{number(verdict.paper.score)}</b>
      </span>
      <span title={verdict.hardened.reason}>
        hardened <b>{number(verdict.hardened.score)}</b>
      </span>
      {differ && <Badge tone="warn">the profiles differ</Badge>}
      {changed && <Badge tone="warn">scored otherwise today</Badge>}
    </div>
  );
}

interface MemberProps {
  readonly rollout: StoredRollout;
  readonly member: number;
  readonly verdict: Verdict | undefined;
  readonly terms: AdvantageTerms | undefined;
  readonly readerHref: string;
  readonly clip: RatioBounds;
}

function Member({ rollout, member, verdict, terms, readerHref, clip }: MemberProps) {
  const selected = Number(route.value.query.get('member') ?? -1) === member;
  const ticked = compared.value.includes(member);
  const state = rollout.state ?? rollout.status;
  const tick = () =>
    (compared.value = ticked
      ? compared.value.filter((each) => each !== member)
      : [...compared.value, member].slice(-2));
  return (
    <article
      class={`member ${selected ? 'selected' : ''}`}
      id={`member-${member}`}
      aria-label={`Completion ${member + 1}`}
    >
      <header>
        <span class="soft small">{member + 1}</span>
        <span class="score">{number(rollout.score)}</span>
        {terms !== undefined && (
          <span
            class="earned"
            title={`(${number(terms.reward, 2)} − ${number(terms.centre)}) ÷ ${number(terms.scale)} × ${number(terms.weight)}`}
          >
            <Bar value={terms.advantage} full={fullAdvantage} look="advantage-bar" />
            {signed(terms.advantage, 2)}
          </span>
        )}
        {state !== 'answered' && <Badge tone={stateTone(state)}>{state}</Badge>}
        <span class="soft small">
          {count(rollout.tokens)} tokens{rollout.stopReason === 'length' && ', cut'}
        </span>
        <button
          type="button"
          class="plain small"
          style={{ marginLeft: 'auto' }}
          aria-pressed={ticked}
          onClick={tick}
          title="Compare two word by word"
        >
          diff
        </button>
      </header>
      {tokensShown.value && rollout.trace !== undefined ? (
        <TokenView trace={rollout.trace} clip={clip} />
      ) : (
        <AnswerText
          label={`Text ${member + 1}`}
          text={rollout.text}
          at={rollout.extracted === '' ? undefined : verdict?.at}
        />
      )}
      <footer>
        <div class="row">
          <span>{rollout.reason}</span>
          {rollout.format !== undefined && rollout.format !== 'exact' && (
            <Badge tone="warn">form: {rollout.format}</Badge>
          )}
        </div>
        {verdict !== undefined && <Profiles verdict={verdict} own={rollout.score} />}
        <a href={readerHref}>find it in the prompt</a>
      </footer>
    </article>
  );
}

/** What the completions say, the most frequent first. */
function Said({ rollouts }: { readonly rollouts: readonly StoredRollout[] }) {
  const answers = new Map<string, { count: number; score: number }>();
  for (const { extracted, score } of rollouts) {
    const known = answers.get(extracted) ?? { count: 0, score };
    answers.set(extracted, { ...known, count: known.count + 1 });
  }
  const most = [...answers].sort(([, a], [, b]) => b.count - a.count);
  return (
    <div class="gold">
      <span class="soft small">said</span>
      {most.slice(0, mostAnswers).map(([said, { count: times, score }]) => (
        <span key={said} class={`answer-count ${score >= 1 ? 'good' : ''}`}>
          {said === '' ? <i>no answer</i> : said.replace(/\s*\n\s*/g, ' · ').slice(0, 80)} <b>×{times}</b>
        </span>
      ))}
      {most.length > mostAnswers && <span class="soft small">and {most.length - mostAnswers} more</span>}
    </div>
  );
}

function Head({ id, detail }: { readonly id: string; readonly detail: GroupDetail }) {
  const { group, step, number: line, groupsOfStep } = detail;
  const q = route.value.query.get('q') ?? undefined;
  return (
    <div class="panel pad stack">
      <div class="head" style={{ margin: 0 }}>
        <div>
          <div class="crumbs">
            <a href={to(['run', id, 'rollouts'], { q })}>rollouts</a>
            <span>
              step {step}, group {line + 1} of {groupsOfStep}
            </span>
          </div>
          <h1 style={{ fontSize: '18px' }}>{group.question || `Sample ${group.sample}`}</h1>
        </div>
        <div class="end">
          {group.rollouts.some(({ trace }) => trace !== undefined) && (
            <button
              type="button"
              aria-pressed={tokensShown.value}
              onClick={() => (tokensShown.value = !tokensShown.value)}
            >
              Tokens <kbd>t</kbd>
            </button>
          )}
          <a class="button" href={to(['run', id, 'read', group.prompt], { step, group: line })}>
            Read the prompt <kbd>p</kbd>
          </a>
        </div>
      </div>
      <div class="row">
        <Task task={group.task} />
        {group.generator !== undefined && <Badge>{group.generator}</Badge>}
        {group.promptTokens !== undefined && <Badge>{size(group.promptTokens)} tokens of prompt</Badge>}
        <Badge tone={stateTone(group.use)}>{group.use}</Badge>
        <a class="mono small" href={to(['run', id, 'rollouts'], { q: `sample:${group.sample}` })}>
          {group.sample}
        </a>
      </div>
      <div class="row said-rows">
        <div class="gold">
          <span class="soft small">gold</span>
          {group.gold.map((gold) => (
            <code key={gold}>{gold}</code>
          ))}
        </div>
        <Said rollouts={group.rollouts} />
      </div>
    </div>
  );
}

/** The same prompt at other steps and in other runs, and the dataset that it is from. */
function Elsewhere({ id, detail }: { readonly id: string; readonly detail: GroupDetail }) {
  const { sample } = detail.group;
  const runs = useAnswer(`elsewhere ${id} ${sample}`, () => source.elsewhere(id, sample));
  const datasets = useAnswer(`datasets of ${sample}`, async () => (await source.places?.datasetsOf(sample)) ?? []);
  const others = runs.value ?? [];
  if (detail.history.length < 2 && others.length + (datasets.value ?? []).length === 0) return null;
  return (
    <section class="panel pad stack tight" aria-label="The same prompt elsewhere">
      {detail.history.length > 1 && <Draws run={id} name="this run" draws={detail.history} here={detail.step} />}
      {others.map(({ id: run, name, history }) => (
        <Draws key={run} run={run} name={name} draws={history} />
      ))}
      {(datasets.value ?? []).length > 0 && (
        <div class="row small">
          {datasets.value?.map((place) => (
            <a key={place.id} href={to(['dataset', place.id, 'sample', sample])}>
              its sample in {place.name}
            </a>
          ))}
        </div>
      )}
    </section>
  );
}

export function Group({ id, step, line }: { readonly id: string; readonly step: number; readonly line: number }) {
  const { value: detail, error } = useAnswer(`group ${id} ${step} ${line}`, () => source.group(id, step, line));
  const { query } = route.value;
  const asked = query.get('estimator') ?? detail?.estimator ?? 'grpo';
  const estimator = isEstimator(asked) ? asked : 'grpo';
  const member = Number(query.get('member') ?? 0);
  const move = (by: number) =>
    detail && go(to(['run', id, 'group', step, Math.max(0, Math.min(detail.groupsOfStep - 1, line + by))]), true);
  const choose = (by: number) =>
    go(withQuery({ member: Math.max(0, Math.min((detail?.group.rollouts.length ?? 1) - 1, member + by)) }), true);
  useKeys([
    { key: 'j', does: 'next completion', run: () => choose(1) },
    { key: 'k', does: 'completion before', run: () => choose(-1) },
    { key: ']', does: 'next group', run: () => move(1) },
    { key: '[', does: 'group before', run: () => move(-1) },
    {
      key: 'p',
      does: 'read the prompt',
      run: () => detail && go(to(['run', id, 'read', detail.group.prompt], { step, group: line, member })),
    },
    { key: 't', does: 'tokens or text', run: () => (tokensShown.value = !tokensShown.value) },
    {
      key: 'e',
      does: 'next estimator',
      run: () =>
        go(
          withQuery({ estimator: estimatorNames[(estimatorNames.indexOf(estimator) + 1) % estimatorNames.length] }),
          true,
        ),
    },
  ]);
  // Whoever names no completion begins at the top.
  const isNamed = query.has('member');
  useEffect(() => {
    if (isNamed) document.getElementById(`member-${member}`)?.scrollIntoView({ block: 'nearest' });
  }, [member, detail, isNamed]);
  if (detail === undefined) return <Waiting error={error} />;
  const all = estimatorNames.map((name) => termsOf(detail, name));
  const terms = all[estimatorNames.indexOf(estimator)] ?? [];
  const shown = terms.find((each) => each !== undefined);
  const [a, b] = compared.value.map((each) => detail.group.rollouts[each]);
  return (
    <main class="wide stack">
      <Head id={id} detail={detail} />
      <Elsewhere key={detail.group.sample} id={id} detail={detail} />
      <GroupTable
        rollouts={detail.group.rollouts}
        terms={all}
        estimator={estimator}
        own={detail.estimator}
        member={member}
        onEstimator={(name) => go(withQuery({ estimator: name }), true)}
        onMember={(chosen) => go(withQuery({ member: chosen }), true)}
      />
      <p class="soft small">
        {shown === undefined && `This group was not trained on: ${detail.group.use}. `}
        {shown?.passRate !== undefined &&
          `Pass rate ${number(shown.passRate)} over the smoothed mean ${number(shown.smoothed)}; alpha ${detail.alpha}, gamma ${detail.gamma}. `}
        {shown !== undefined &&
          `The advantages of the group sum to ${signed(
            Math.round(terms.reduce((sum, each) => sum + (each?.advantage ?? 0), 0) * 1e6) / 1e6,
            2,
          )}.`}
      </p>
      {a !== undefined && b !== undefined && (
        <Diff
          a={a.text}
          b={b.text}
          names={compared.value.map((each) => `completion ${each + 1}`)}
          onClose={() => (compared.value = [])}
        />
      )}
      <div class="members">
        {detail.group.rollouts.map((rollout, i) => (
          <Member
            key={i}
            rollout={rollout}
            member={i}
            verdict={detail.verdicts[i]}
            terms={terms[i]}
            clip={detail.clip}
            readerHref={to(['run', id, 'read', detail.group.prompt], { step, group: line, member: i })}
          />
        ))}
      </div>
    </main>
  );
}
