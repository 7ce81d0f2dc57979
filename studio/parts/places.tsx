/** @file What is watched and no run: datasets, evaluations of benchmarks, corpora. */
import type { BuildProgress, Place } from '../../src/studio/shared/dataset-api.ts';
import { source } from '../lib/api.ts';
import { count, number } from '../lib/format.ts';
import { to } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { Badge, stateTone } from './small.tsx';

/** How far a build is. */
export const Building = ({ building: { done, of } }: { readonly building: BuildProgress }) => (
  <Badge tone="accent">
    <span class="pulse" /> being built: {done === undefined ? '' : `${count(done)} of `}
    {count(of)} samples
  </Badge>
);

/** A list with a title; nothing where there is none. */
function Group<P extends Place>({
  title,
  places,
  screen,
  tell,
}: {
  readonly title: string;
  readonly places: readonly P[];
  readonly screen: string;
  readonly tell: (place: P) => preact.ComponentChildren;
}) {
  if (places.length === 0) return null;
  return (
    <section class="panel pad stack" aria-label={title}>
      <h2>{title}</h2>
      <ul class="places">
        {places.map((place) => (
          <li key={place.id}>
            <a class="name" href={to([screen, place.id])}>
              {place.name}
            </a>
            <span class="soft small">{place.problem ?? tell(place)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** @param turn Rises when something changed */
export function Places({ turn }: { readonly turn: number }) {
  const { value } = useAnswer(`places ${turn}`, async () => await source.places?.places());
  if (value === undefined) return null;
  return (
    <div class="grid" style={{ marginTop: '14px' }}>
      <Group
        title="Datasets"
        places={value.datasets}
        screen="dataset"
        tell={({ samples = 0, reviewed, building }) =>
          building !== undefined ? (
            <Building building={building} />
          ) : (
            `${count(samples)} samples${reviewed > 0 ? `, ${count(reviewed)} reviewed` : ''}`
          )
        }
      />
      <Group
        title="Evaluations of benchmarks"
        places={value.evaluations}
        screen="evaluation"
        tell={({ model, status, benchmarks, mean }) => (
          <>
            <Badge tone={stateTone(status)}>{status}</Badge> {model} · {benchmarks.join(', ')}
            {mean !== undefined && ` · mean ${number(mean)}`}
          </>
        )}
      />
      <Group title="Documents" places={value.corpora} screen="documents" tell={({ path }) => path} />
    </div>
  );
}
