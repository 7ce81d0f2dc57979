/** @file The tokens of a completion as colour: how surprising each was, how undecided the policy, or how far the trainer is from the sampler. */
import { signal } from '@preact/signals';
import type { TokenTrace } from '../../src/rollouts/token-trace.ts';
import { type RatioBounds, type TokenLook, tokenLooks } from '../../src/studio/shared/token-looks.ts';
import { number } from '../lib/format.ts';

/** What the colour says. */
export const tokenColour = signal<'surprise' | 'ratio' | 'entropy'>('surprise');

/** Nats of entropy that have the full colour. */
const fullEntropy = 3;

function shade({ probability, ratio, entropy = 0 }: TokenLook): string {
  if (tokenColour.value === 'entropy')
    return `color-mix(in srgb, var(--t5) ${Math.round(Math.min(1, entropy / fullEntropy) * 70)}%, transparent)`;
  if (tokenColour.value === 'surprise')
    return `color-mix(in srgb, var(--warn) ${Math.round((1 - probability) * 60)}%, transparent)`;
  const far = Math.min(1, Math.abs(Math.log(ratio ?? 1)) / 0.7);
  return `color-mix(in srgb, var(--${(ratio ?? 1) > 1 ? 'good' : 'bad'}) ${Math.round(far * 70)}%, transparent)`;
}

export function TokenView({ trace, clip }: { readonly trace: TokenTrace; readonly clip: RatioBounds }) {
  const looks = tokenLooks(trace, clip);
  const told = (name: string, count: number) =>
    count > 0 && (
      <span>
        {' '}
        {count} {name}
      </span>
    );
  return (
    <div>
      <div class="row small" style={{ padding: '4px 14px' }}>
        {(['surprise', 'ratio', 'entropy'] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={tokenColour.value === each}
            disabled={
              (each === 'ratio' && trace.trainer === undefined) || (each === 'entropy' && trace.entropy === undefined)
            }
            onClick={() => (tokenColour.value = each)}
          >
            {each}
          </button>
        ))}
        <span class="soft">
          {looks.length} tokens,{told('outside the clip', looks.filter(({ clipped }) => clipped).length)}
          {told('masked', looks.filter(({ masked }) => masked).length)}
        </span>
      </div>
      <div class="tokens">
        {looks.map((look, i) => (
          <span
            key={i}
            class={look.masked ? 'masked' : look.clipped ? 'clipped' : undefined}
            style={{ background: shade(look) }}
            title={`probability ${number(look.probability)}${look.ratio === undefined ? '' : `, trainer ${number(look.probability * look.ratio)}, ratio ${number(look.ratio)}`}${look.entropy === undefined ? '' : `, entropy ${number(look.entropy)}`}`}
          >
            {look.piece}
          </span>
        ))}
      </div>
    </div>
  );
}
