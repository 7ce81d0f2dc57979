/** @file Examples of help texts that cannot be run as they stand, or not in the fast run, each with the reason. */

/** By the line as printed. */
export const helpNotes: Readonly<Record<string, { readonly kind: 'not run' | 'by hand'; readonly what: string }>> = {
  'golongrl quickstart': { kind: 'by hand', what: 'takes minutes' },
  'golongrl quickstart --docs texts --out runs/texts': { kind: 'by hand', what: 'takes minutes' },
  'golongrl quickstart --estimator grpo --seed 2 --out runs/grpo-2': { kind: 'by hand', what: 'takes minutes' },
  'golongrl quickstart --long --out runs/long': { kind: 'by hand', what: 'takes an hour' },
  'golongrl quickstart --control shuffled-rewards --out runs/control': { kind: 'by hand', what: 'takes minutes' },
  'golongrl quickstart --resume runs/quickstart': { kind: 'by hand', what: 'goes on with the one above' },
  'golongrl quickstart --format json | tail -n 1': { kind: 'by hand', what: 'takes minutes' },
  'golongrl train golongrl.yaml': {
    kind: 'not run',
    what: 'the file is written by init; npm run check:newcomer trains by it',
  },
  'golongrl sft config.yaml --sft.steps 60': { kind: 'by hand', what: 'takes minutes' },
  'golongrl train config.yaml --model runs/config-sft/checkpoints/step-000060': {
    kind: 'not run',
    what: 'trains what sft leaves; docs/training.md has both in one block',
  },
  'golongrl data build --dry-run': { kind: 'by hand', what: 'draws what the build of the packaged documents draws' },
  'golongrl data build --preset balanced --samples 5400 --shard 2/5 --out shards/2': {
    kind: 'by hand',
    what: 'a thousand places of up to 256K tokens',
  },
  'golongrl data build --request request.json --base dataset --out dataset-2': {
    kind: 'not run',
    what: 'the request is made by data diagnose; docs/refinement.md has both in one block',
  },
  'golongrl data calibrate dataset --weak models/micro --limit 200 --out calibrated': {
    kind: 'by hand',
    what: 'a hundred rollouts',
  },
  'golongrl data calibrate dataset --weak http://127.0.0.1:8000/v1 --weak-model small --strong https://example.org/v1 --strong-model big':
    {
      kind: 'not run',
      what: 'needs two servers with models',
    },
  'golongrl data calibrate dataset ... --resume': { kind: 'not run', what: 'three points stand for the flags above' },
  'golongrl eval run longbench-v2 mrcr --data data --model my-model --url http://127.0.0.1:8000/v1 --out evals/mine': {
    kind: 'not run',
    what: 'needs the benchmarks of the hub; npm run check:newcomer evaluates against a server',
  },
  'golongrl eval run --resume evals/mine --rescore --profile strict': {
    kind: 'not run',
    what: 'goes on with the one above',
  },
  'golongrl train config.yaml --engine tinker:http://127.0.0.1:8000': {
    kind: 'not run',
    what: 'the server of the line above; npm run check:tinker-sdk trains by it',
  },
  'MLFLOW_TRACKING_URI=http://127.0.0.1:5000 golongrl report runs/quickstart --report-to mlflow': {
    kind: 'not run',
    what: 'needs an MLflow server; npm run check:trackers has one',
  },
};
