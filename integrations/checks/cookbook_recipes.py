"""Recipes of tinker-cookbook against `golongrl engine serve`, with a tiny model and no network.

The recipes are the installed ones; replaced are what needs the network: data sets of the hub, and the name of a renderer, which the
cookbook knows for hosted models alone. Each recipe takes two steps or one evaluation. Usage: URL MODEL_FOLDER WORK_FOLDER [NAME ...]
"""

import asyncio
import os
import random
import signal
import sys
import time
import traceback

URL, MODEL, WORK, *ONLY = sys.argv[1:]
os.environ.update(HF_HUB_OFFLINE="1", TINKER_TELEMETRY="0", TINKER_BASE_URL=URL)
os.makedirs(WORK, exist_ok=True)

import datasets
import tinker
from tinker_cookbook import model_info, renderers
from tinker_cookbook.tokenizer_utils import get_tokenizer

RENDERER, RANK, SECONDS = "role_colon", 4, 240
model_info.get_recommended_renderer_name = lambda name: RENDERER


def rows_of(name):
    """Rows as the data set of this name has them."""
    if "gsm8k" in name:
        return [{"question": f"What is {i}+1?", "answer": f"so #### {i + 1}"} for i in range(8)]
    if "DeepMath" in name:
        return [{"question": f"What is {i}+1?", "final_answer": str(i + 1)} for i in range(8)]
    if "hh-rlhf" in name:
        lead = "\n\nHuman: Say {i}\n\nAssistant: "
        return [{"chosen": lead.format(i=i) + f"{i}", "rejected": lead.format(i=i) + "no"} for i in range(8)]
    if "SciKnowEval" in name:
        choices = {"label": ["A", "B"], "text": ["one", "two"]}
        row = {"domain": "Chemistry", "details": {"level": "L3"}, "type": "mcq-2-choices", "choices": choices}
        return [{**row, "question": f"Which is {i}?", "answerKey": "A"} for i in range(8)]
    if "OpenThoughts" in name:
        turns = lambda i: [{"from": "human", "value": f"Say {i}"}, {"from": "gpt", "value": f"{i}"}]
        return [{"conversations": turns(i)} for i in range(8)]
    if "wikitext" in name:
        return [{"text": f" The boat was before the tide and after the wind until {i} . " * 4} for i in range(200)]
    turns = lambda i: [{"role": "user", "content": f"Say {i}"}, {"role": "assistant", "content": f"{i}"}]
    return [{"messages": turns(i)} for i in range(8)]


def load_dataset(path, *args, split=None, streaming=False, **kwargs):
    data = datasets.Dataset.from_list(rows_of(path))
    if streaming:
        return data.to_iterable_dataset()
    return data if split else datasets.DatasetDict(train=data, test=data)


datasets.load_dataset = load_dataset


def log(name):
    return os.path.join(WORK, name)


def run(result):
    return asyncio.run(result) if asyncio.iscoroutine(result) else result


def sl_loop():
    from tinker_cookbook.recipes import sl_loop as recipe

    config = lambda steps: recipe.Config(
        base_url=URL, model_name=MODEL, batch_size=4, log_path=log("sl_loop"), max_steps=steps, save_every=1, lora_rank=RANK
    )
    recipe.main(config(1))
    # From the checkpoint of the first.
    recipe.main(config(2))


def rl_loop():
    from tinker_cookbook.recipes import rl_loop as recipe

    # The tiny model answers no question: rewards that differ are needed for a gradient.
    recipe.get_reward = lambda *_: random.random()
    recipe.main(
        recipe.Config(
            base_url=URL, model_name=MODEL, batch_size=2, group_size=4, max_tokens=8, log_path=log("rl_loop"),
            max_steps=2, save_every=1, lora_rank=RANK,
        )
    )


def rl_config(name, builder, **more):
    from tinker_cookbook.rl import train

    settings = dict(
        model_name=MODEL, renderer_name=RENDERER, recipe_name=name, log_path=log(name), dataset_builder=builder,
        learning_rate=1e-4, max_tokens=8, lora_rank=RANK, base_url=URL, eval_every=0, save_every=1, max_steps=2,
    )
    return train.Config(**{**settings, **more})


def arithmetic(batch=2, group=4):
    from tinker_cookbook.recipes.math_rl.arithmetic_env import ArithmeticDatasetBuilder

    return ArithmeticDatasetBuilder(
        batch_size=batch, model_name_for_tokenizer=MODEL, renderer_name=RENDERER, n_batches=2, include_fewshot=True,
        group_size=group,
    )


def rl_train():
    from tinker_cookbook.rl import train

    run(train.main(rl_config("rl_train", arithmetic())))


def rl_losses():
    """rl.train with each of the losses for policies, the KL penalty and several substeps."""
    from tinker_cookbook.rl import train

    for loss in ["ppo", "cispo", "dro"]:
        more = dict(loss_fn=loss, num_substeps=2, max_steps=1)
        run(train.main(rl_config(f"rl_{loss}", arithmetic(), **more)))


def rl_async():
    """rl.train off-policy: sampling goes on while it trains."""
    from tinker_cookbook.rl import train

    settings = train.AsyncConfig(max_steps_off_policy=2, groups_per_batch=2)
    run(train.main(rl_config("rl_async", arithmetic(), async_config=settings)))


def math_rl():
    from tinker_cookbook.recipes.math_rl import train as recipe

    config = recipe.CLIConfig(
        model_name=MODEL, renderer_name=RENDERER, env="arithmetic", group_size=4, groups_per_batch=2, max_tokens=5,
        lora_rank=RANK, base_url=URL, log_path=log("math_rl"), max_steps=2, eval_every=0, save_every=1,
        behavior_if_log_dir_exists="delete",
    )
    run(recipe.cli_main(config))


def dpo():
    from tinker_cookbook.recipes.preference.dpo import train as recipe

    recipe.cli_main(
        recipe.CLIConfig(
            model_name=MODEL, renderer_name=RENDERER, batch_size=4, base_url=URL, log_path=log("dpo"), max_steps=2,
            max_length=512, behavior_if_log_dir_exists="delete",
        )
    )


def shorter():
    """Pairwise preferences within a group."""
    from tinker_cookbook.recipes.preference.shorter import train as recipe

    recipe.cli_main(
        recipe.CLIConfig(
            model_name=MODEL, renderer_name=RENDERER, batch_size=2, group_size=4, max_tokens=8, eval_every=0,
            log_path=log("shorter"), max_steps=2, behavior_if_log_dir_exists="delete",
        )
    )


def rlhf():
    """A policy by examples, a model of preferences, and the first trained by the second."""
    from tinker_cookbook.recipes.preference.rlhf import rlhf_pipeline as recipe

    recipe.cli_utils.runs_path = lambda *parts: log("-".join(map(str, parts)))
    recipe.cli_main(
        recipe.CLIConfig(
            base_model=MODEL, short_name="micro", lora_rank=RANK, max_length=512, batch_size=4, rl_max_tokens=8,
            rl_group_size=2, save_every=1, eval_every=0, max_steps=1,
        )
    )


def chat_sl():
    from tinker_cookbook.recipes.chat_sl import train as recipe

    recipe.cli_main(
        recipe.CLIConfig(
            model_name=MODEL, renderer_name=RENDERER, lora_rank=RANK, base_url=URL, batch_size=4, max_length=512,
            log_path=log("chat_sl"), max_steps=2, eval_every=1, save_every=1, behavior_if_log_dir_exists="delete",
        )
    )


def prompt_distillation():
    import json

    from tinker_cookbook.recipes.prompt_distillation import train as recipe

    file = log("prompts.jsonl")
    with open(file, "w") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows_of("no_robots"))
    recipe.cli_main(
        recipe.CLIConfig(
            file_path=file, model_name=MODEL, renderer_name=RENDERER, lora_rank=RANK, base_url=URL, batch_size=4,
            max_length=512, log_path=log("prompt_distillation"), max_steps=2, save_every=1, eval_every=0,
            behavior_if_log_dir_exists="delete",
        )
    )


def on_policy_distillation():
    import tinker_cookbook.distillation.datasets as data
    from tinker_cookbook.recipes.distillation import on_policy_distillation as recipe

    data.load_dataset = load_dataset
    config = recipe.CLIConfig(
        model_name=MODEL, renderer_name=RENDERER, teacher_model=MODEL, lora_rank=RANK, group_size=2, groups_per_batch=2,
        max_tokens=8, base_url=URL, log_path=log("on_policy"), max_steps=2, eval_every=0, save_every=1,
        compute_post_kl=True, behavior_if_log_dir_exists="delete",
    )
    run(recipe.cli_main(config))


def off_policy_reasoning():
    from tinker_cookbook.recipes.distillation import off_policy_reasoning as recipe

    recipe.cli_main(
        recipe.CLIConfig(
            model_name=MODEL, renderer_name=RENDERER, lora_rank=RANK, batch_size=4, max_length=512, buffer_size=8,
            max_prompts=8, base_url=URL, log_path=log("off_policy"), max_steps=2, eval_every=0, save_every=1,
            behavior_if_log_dir_exists="delete",
        )
    )


def off_policy_distillation():
    """Soft targets from a teacher's most likely tokens."""
    from tinker_cookbook.distillation import train_off_policy as recipe
    from tinker_cookbook.distillation.datasets import TeacherConfig
    from tinker_cookbook.recipes.chat_sl.chat_datasets import NoRobotsBuilder
    from tinker_cookbook.supervised.types import ChatDatasetBuilderCommonConfig

    shared = ChatDatasetBuilderCommonConfig(
        model_name_for_tokenizer=MODEL, renderer_name=RENDERER, max_length=512, batch_size=4
    )
    pair = recipe.DatasetWithTeacher(
        dataset_builder=NoRobotsBuilder(common_config=shared), teacher_config=TeacherConfig(base_model=MODEL)
    )
    config = recipe.Config(
        learning_rate=1e-4, dataset_configs=[pair], model_name=MODEL, recipe_name="off_policy", renderer_name=RENDERER,
        lora_rank=RANK, n_teacher_targets=5, batch_size=4, save_every=1, eval_every=0, max_steps=2,
        log_path=log("off_policy_topk"), base_url=URL,
    )
    run(recipe.main(config))


def sdft():
    import tinker_cookbook.recipes.sdft.datasets as data
    from tinker_cookbook.recipes.sdft import train as recipe

    data.load_dataset = load_dataset
    for reverse in [False, True]:
        config = recipe.CLIConfig(
            model_name=MODEL, renderer_name=RENDERER, lora_rank=RANK, group_size=1, groups_per_batch=2, max_tokens=8,
            topk=5, reverse=reverse, max_context_length=1024, base_url=URL, log_path=log(f"sdft_{reverse}"), max_steps=2,
            eval_every=0, save_every=1, teacher_sync_every=1, behavior_if_log_dir_exists="delete",
        )
        run(recipe.cli_main(config))


def guess_number():
    """Many turns: the environment answers each guess."""
    from tinker_cookbook.recipes.multiplayer_rl.guess_number import env
    from tinker_cookbook.rl import train

    env.MAX_TURNS = 3
    builder = env.GuessNumberDatasetBuilder(
        batch_size=2, renderer_name=RENDERER, train_group_size=2, base_url=URL, model_name=MODEL
    )
    run(train.main(rl_config("guess_number", builder, max_tokens=8)))


def twenty_questions():
    """Many turns against a second model behind the same server."""
    from tinker_cookbook.recipes.multiplayer_rl.twenty_questions import env
    from tinker_cookbook.rl import train

    def answerer(self, *_):
        renderer = renderers.get_renderer(RENDERER, get_tokenizer(MODEL))
        client = tinker.ServiceClient(base_url=URL).create_sampling_client(base_model=MODEL)
        return env.TinkerMessageCompleter(client, renderer, max_tokens=5)

    env.TwentyQuestionsDatasetBuilder._construct_answer_completer = answerer
    step = env.TwentyQuestionsEnv.step

    async def short(self, action, **more):
        result = await step(self, action, **more)
        result.episode_done = result.episode_done or len(self.turns) >= 6
        return result

    env.TwentyQuestionsEnv.step = short
    builder = env.TwentyQuestionsDatasetBuilder(
        batch_size=2, model_name_for_tokenizer=MODEL, renderer_name=RENDERER, group_size=2, num_epochs=1
    )
    run(train.main(rl_config("twenty_questions", builder, max_tokens=8, max_steps=1)))


def evaluation():
    """A benchmark, and the loss on held-out conversations."""
    from tinker_cookbook.eval.benchmarks import BenchmarkConfig, run_benchmark
    from tinker_cookbook.supervised.data import conversation_to_datum
    from tinker_cookbook.supervised.nll_evaluator import NLLEvaluator, SamplerNLLEvaluator

    service = tinker.ServiceClient(base_url=URL)
    renderer = renderers.get_renderer(RENDERER, get_tokenizer(MODEL))
    sampler = service.create_sampling_client(base_model=MODEL)
    config = BenchmarkConfig(max_examples=4, max_tokens=16, save_dir=log("eval"))
    result = run(run_benchmark("gsm8k", sampler, renderer, config))
    print(f"  gsm8k: {result.score} of {result.num_examples}", flush=True)
    data = [conversation_to_datum(row["messages"], renderer, 512) for row in rows_of("no_robots")]
    training = service.create_lora_training_client(base_model=MODEL, rank=RANK)
    trained = run(NLLEvaluator(data)(training))
    sampled = run(SamplerNLLEvaluator(data)(sampler))
    print(f"  loss by training {trained}, by sampling {sampled}", flush=True)
    [a], [b] = [[value for key, value in found.items() if "nll" in key.lower()][:1] for found in (trained, sampled)]
    assert abs(a - b) < 1e-3, "the model scores otherwise in training than in sampling"


def weights_download():
    """An adapter saved for other programs, fetched by its links, and opened as peft's."""
    from safetensors import safe_open
    from tinker_cookbook import weights

    training = tinker.ServiceClient(base_url=URL).create_lora_training_client(base_model=MODEL, rank=RANK)
    path = training.save_weights_external("out").result().path
    folder = weights.download(tinker_path=path, output_dir=log("adapter"), base_url=URL)
    with safe_open(os.path.join(folder, "adapter_model.safetensors"), "np") as adapter:
        assert any(name.endswith("q_proj.lora_A.weight") for name in adapter.keys())
    print(f"  {sorted(os.listdir(folder))}", flush=True)


RECIPES = [
    sl_loop, rl_loop, rl_train, rl_losses, rl_async, math_rl, chat_sl, dpo, shorter, rlhf, prompt_distillation,
    on_policy_distillation, off_policy_reasoning, off_policy_distillation, sdft, guess_number, twenty_questions,
    evaluation, weights_download,
]
"""What cannot run here, and why."""
LEFT_OUT = {
    "audio/*, vlm_classifier": "the models read sound or images",
    "code_rl, harbor_rl": "they need a sandbox service, or Docker",
    "search_tool": "needs an embedding service (an account) and chromadb",
    "verifiers_rl": "pins a verifiers (0.1.x) that other parts of the environment are too new for",
    "multiplayer_rl/text_arena": "needs textarena, which downloads its games",
    "rubric, decisions, forecasting": "need a judge or data of an account",
    "rl_numerics_check": "calls tools, which needs the special tokens of a hosted model's tokenizer",
    "true_thinking_score": "analyses hosted models by name",
    "weights.download of a training checkpoint": "asks the server to encrypt its export with age",
}


def attempt(recipe):
    start = time.monotonic()

    def give_up(*_):
        raise TimeoutError(f"no end after {SECONDS} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(SECONDS)
    try:
        recipe()
    except BaseException as error:
        traceback.print_exc()
        return f"FAILED {type(error).__name__}: {str(error)[:200]}", time.monotonic() - start
    finally:
        signal.alarm(0)
    return "ok", time.monotonic() - start


def main():
    import tinker_cookbook

    chosen = [recipe for recipe in RECIPES if not ONLY or recipe.__name__ in ONLY]
    results = []
    for recipe in chosen:
        print(f"== {recipe.__name__}", flush=True)
        results.append((recipe.__name__, *attempt(recipe)))
    print(f"\ntinker {tinker.__version__}, tinker-cookbook {getattr(tinker_cookbook, '__version__', '?')}")
    for name, said, seconds in results:
        print(f"  {name:26} {seconds:6.1f} s  {said}")
    for name, why in LEFT_OUT.items():
        print(f"  {name}: not run: {why}")
    failed = [name for name, said, _ in results if said != "ok"]
    sys.stdout.flush()
    # Threads of clients must not hold the process.
    os._exit(1 if failed else 0)


main()
