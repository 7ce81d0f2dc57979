"""Models, adapters and tokenizers as people have them, with what transformers and peft make of them.

  odd_models.py FOLDER      one folder each: models/NAME, adapters/NAME, tokenizers/NAME, each with expected.json

What is odd: fields of config.json that contradict each other or are missing, tensors that should not be there, families that the
engine does not run, every kind of adapter that peft makes, tokenizers that begin a text with a token.
"""

import json
import os
import shutil
import sys
import warnings

warnings.filterwarnings("ignore")

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedTokenizerFast
from transformers.utils import logging

logging.set_verbosity_error()
logging.disable_progress_bar()
torch.manual_seed(0)
torch.set_num_threads(2)

BASE = dict(
    vocab_size=64,
    hidden_size=32,
    intermediate_size=48,
    num_hidden_layers=4,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=256,
    pad_token_id=0,
    bos_token_id=1,
    eos_token_id=2,
)
LLAMA3 = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0)
YARN = dict(rope_type="yarn", factor=4.0)
SLIDING = ["sliding_attention", "full_attention"] * 2

# name: family and what its configuration says besides BASE
FAMILIES = {
    "llama": ("llama", {}),
    "llama-headdim": ("llama", dict(head_dim=24, tie_word_embeddings=False)),
    "llama-one-kv-head": ("llama", dict(num_key_value_heads=1)),
    "llama-rope3": ("llama", dict(rope_parameters=dict(LLAMA3, rope_theta=5e5, original_max_position_embeddings=64))),
    "llama-dynamic": ("llama", dict(rope_parameters=dict(rope_type="dynamic", rope_theta=1e4, factor=4.0))),
    "llama-mlp-bias": ("llama", dict(mlp_bias=True)),
    "llama-gelu": ("llama", dict(hidden_act="gelu")),
    "qwen2-sliding": ("qwen2", dict(use_sliding_window=True, sliding_window=8, max_window_layers=0)),
    "qwen2-layer-types": ("qwen2", dict(use_sliding_window=True, sliding_window=8, layer_types=SLIDING)),
    "qwen3": ("qwen3", dict(head_dim=8)),
    "qwen3-layer-types": ("qwen3", dict(head_dim=8, use_sliding_window=True, sliding_window=8, layer_types=SLIDING)),
    "qwen3-yarn": ("qwen3", dict(head_dim=8, rope_parameters=dict(YARN, rope_theta=1e6, original_max_position_embeddings=64))),
    "qwen3-attention-bias": ("qwen3", dict(head_dim=16, attention_bias=True)),
    "qwen3_moe": ("qwen3_moe", dict(head_dim=8, num_experts=4, num_experts_per_tok=2, moe_intermediate_size=16)),
    "mistral": ("mistral", dict(sliding_window=None)),
    "gemma2": ("gemma2", dict(head_dim=8)),
    "gemma3_text": ("gemma3_text", dict(head_dim=8)),
    "phi3": ("phi3", {}),
    "granite": ("granite", {}),
    "smollm3": ("smollm3", {}),
    "olmo2": ("olmo2", {}),
    "gpt_oss": ("gpt_oss", dict(head_dim=8, num_local_experts=4, num_experts_per_tok=2)),
    "ernie4_5": ("ernie4_5", {}),
    "seed_oss": ("seed_oss", dict(head_dim=8)),
    "stablelm": ("stablelm", {}),
    "cohere2": ("cohere2", {}),
}

# name: base and a change of its config.json
CONFIGS = {
    "rope-theta-inside-and-beside": ("llama", dict(rope_theta=5e5, rope_parameters=dict(rope_type="default", rope_theta=100.0))),
    "rope-two-dictionaries": ("llama", dict(rope_scaling=dict(rope_type="linear", factor=4.0), rope_parameters=dict(LLAMA3, rope_theta=100.0), rope_theta=700.0)),
    "rope-two-dictionaries-no-base": ("llama", dict(rope_scaling=dict(rope_type="linear", factor=4.0), rope_parameters=dict(rope_type="default", rope_theta=100.0))),
    "rope-empty-scaling": ("llama", dict(rope_scaling={}, rope_parameters=dict(rope_type="linear", factor=3.0, rope_theta=100.0))),
    "rope-two-types": ("llama", dict(rope_scaling=dict(type="linear", rope_type="default", factor=4.0), rope_parameters=None)),
    "rope-old-type": ("llama", dict(rope_scaling=dict(type="linear", factor=4.0), rope_parameters=None)),
    "rope-two-contexts": ("llama", dict(original_max_position_embeddings=32, rope_parameters=dict(YARN, rope_theta=1e4, original_max_position_embeddings=128))),
    "rope3-two-contexts": ("llama", dict(original_max_position_embeddings=16, rope_parameters=dict(LLAMA3, rope_theta=1e4, original_max_position_embeddings=64))),
    "rope-yarn-no-context": ("llama", dict(rope_parameters=dict(YARN, rope_theta=1e4))),
    "rope-by-layer": ("qwen3", dict(layer_types=["full_attention"] * 4, rope_parameters=dict(full_attention=dict(rope_type="default", rope_theta=50.0)))),
    "rope-part": ("llama", dict(partial_rotary_factor=0.5)),
    "rope-part-inside": ("llama", dict(rope_parameters=dict(rope_type="default", rope_theta=1e4, partial_rotary_factor=0.5))),
    "no-base": ("qwen3", dict(rope_parameters=None)),
    "kv-heads-null": ("llama", dict(num_key_value_heads=None)),
    "layers-of-their-own": ("llama", dict(per_layer_config={"0": {"num_key_value_heads": 2}})),
    "layer-types-full": ("qwen3", dict(layer_types=["full_attention"] * 4)),
    "untied-without-head": ("llama-tied", dict(tie_word_embeddings=False)),
}


def dump(value, *path):
    with open(os.path.join(*path), "w") as file:
        json.dump(value, file)


def logprobs(model, vocab=64):
    ids = torch.randint(3, vocab, (1, 40), generator=torch.Generator().manual_seed(5))
    with torch.no_grad():
        scores = torch.log_softmax(model(ids).logits.double(), -1)[0, :-1]
    return dict(ids=ids[0].tolist(), logprobs=scores.gather(1, ids[0, 1:, None])[:, 0].tolist())


def load(path):
    return AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32, attn_implementation="eager").eval()


def make_model(root, name, family, fields):
    config = AutoConfig.for_model(family, **{**BASE, **fields})
    model = AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval().float()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.25 if parameter.dim() > 1 else parameter + 0.1 * torch.randn_like(parameter))
    folder = os.path.join(root, "models", name)
    model.save_pretrained(folder)
    dump(logprobs(load(folder)), folder, "expected.json")
    return folder


def changed(root, name, base, config=None, tensors=None, save=None):
    """A copy of a model with other fields or tensors, and what transformers computes with it, or why it does not."""
    folder = os.path.join(root, "models", name)
    shutil.copytree(os.path.join(root, "models", base), folder)
    path = os.path.join(folder, "config.json")
    with open(path) as file:
        fields = {**json.load(file), **(config or {})}
    dump(fields, path)
    if tensors is not None:
        save_file(tensors, os.path.join(folder, "model.safetensors"), metadata={"format": "pt"})
    try:
        dump(logprobs(load(folder), fields["vocab_size"]), folder, "expected.json")
    except Exception as error:
        dump(dict(refused=f"{type(error).__name__}: {str(error)[:80]}"), folder, "expected.json")


def make_models(root):
    for name, (family, fields) in FAMILIES.items():
        make_model(root, name, family, fields)
    make_model(root, "llama-tied", "llama", dict(tie_word_embeddings=True))
    for name, (base, fields) in CONFIGS.items():
        changed(root, name, base, fields)
    tied = load_file(os.path.join(root, "models", "llama-tied", "model.safetensors"))
    embedding = tied["model.embed_tokens.weight"]
    changed(root, "tied-same-head", "llama-tied", tensors={**tied, "lm_head.weight": embedding.clone()})
    changed(root, "tied-other-head", "llama-tied", tensors={**tied, "lm_head.weight": 1.5 * embedding})
    changed(root, "double-precision", "llama-tied", tensors={key: tensor.double() for key, tensor in tied.items()})
    padded = {**tied, "model.embed_tokens.weight": torch.cat([embedding, torch.zeros(8, embedding.shape[1])])}
    changed(root, "padded-vocabulary", "llama-tied", dict(vocab_size=72), padded)
    changed(root, "tensor-of-another-family", "llama-tied", tensors={**tied, "model.layers.0.self_attn.q_norm.weight": torch.ones(8)})
    # A field that a configuration leaves out takes the family's default.
    for name, base, field in (("no-head-dim", "qwen3", "head_dim"), ("no-kv-heads", "llama-one-kv-head", "num_key_value_heads")):
        folder = os.path.join(root, "models", base)
        with open(os.path.join(folder, "config.json")) as file:
            fields = json.load(file)
        fields.pop(field)
        target = os.path.join(root, "models", name)
        shutil.copytree(folder, target)
        dump(fields, target, "config.json")
        try:
            dump(logprobs(load(target)), target, "expected.json")
        except Exception as error:
            dump(dict(refused=f"{type(error).__name__}: {str(error)[:80]}"), target, "expected.json")


ADAPTERS = {
    "plain": {},
    "rank-stabilised": dict(use_rslora=True),
    "gaussian": dict(init_lora_weights="gaussian"),
    "orthogonal": dict(init_lora_weights="orthogonal"),
    "no-start": dict(init_lora_weights=False),
    "dropout": dict(lora_dropout=0.1),
    "all-linear": dict(target_modules="all-linear"),
    "pissa": dict(init_lora_weights="pissa"),
    "pissa-fast": dict(init_lora_weights="pissa_niter_4"),
    "olora": dict(init_lora_weights="olora"),
    "mica": dict(init_lora_weights="mica"),
    "dora": dict(use_dora=True),
    "alora": dict(alora_invocation_tokens=[30]),
    "some-layers": dict(layers_to_transform=[1, 2]),
    "regex": dict(target_modules=r".*layers\.[01]\..*(q_proj|v_proj)"),
    "full-names": dict(target_modules=["model.layers.0.self_attn.q_proj", "model.layers.3.mlp.down_proj"]),
    "rank-pattern": dict(rank_pattern={"q_proj": 8}),
    "alpha-pattern": dict(alpha_pattern={"q_proj": 32}),
    "embedding": dict(target_modules=["q_proj", "embed_tokens"]),
    "head": dict(target_modules=["q_proj", "lm_head"]),
    "saved-module": dict(modules_to_save=["lm_head"]),
    "adapter-bias": dict(lora_bias=True),
    "bias-all": dict(bias="all"),
    "tokens": dict(trainable_token_indices=[3, 4]),
    "parameters": dict(target_parameters=["mlp.up_proj.weight"]),
    "replicated": dict(layer_replication=[(0, 3), (2, 4)]),
    "fan-in": dict(fan_in_fan_out=True),
}


def make_adapters(root):
    base = os.path.join(root, "models", "qwen3")
    for name, options in ADAPTERS.items():
        torch.manual_seed(1)
        folder = os.path.join(root, "adapters", name)
        try:
            chosen = {**dict(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM"), **options}
            model = get_peft_model(load(base), LoraConfig(**chosen))
            for key, parameter in model.named_parameters():
                if "lora_" in key or "modules_to_save" in key or "trainable_tokens" in key:
                    parameter.data += 0.05 * torch.randn_like(parameter)
            model.save_pretrained(folder)
            # As users load it.
            dump(logprobs(PeftModel.from_pretrained(load(base), folder).eval()), folder, "expected.json")
        except Exception as error:
            print(f"peft cannot make {name}: {type(error).__name__}: {str(error)[:100]}")
            shutil.rmtree(folder, ignore_errors=True)
    # A field that this version of peft does not know.
    folder = os.path.join(root, "adapters", "later-kind")
    shutil.copytree(os.path.join(root, "adapters", "plain"), folder)
    with open(os.path.join(folder, "adapter_config.json")) as file:
        fields = json.load(file)
    dump({**fields, "use_later_kind": {"blocks": 4}}, folder, "adapter_config.json")


TEMPLATE = "{% for m in messages %}{{ m.content }}\n{% endfor %}{% if add_generation_prompt %}> {% endif %}"


def make_tokenizers(root):
    for name, begins, template, special in (
        ("begins", True, None, False),
        ("begins-nothing", False, None, False),
        ("chat-begins", True, "{{ bos_token }}" + TEMPLATE, False),
        ("chat-begins-nothing", True, TEMPLATE, False),
        ("special-marks", False, TEMPLATE, True),
    ):
        alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
        tokenizer = Tokenizer(models.BPE(vocab={token: i for i, token in enumerate(alphabet)}, merges=[]))
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        tokenizer.decoder = decoders.ByteLevel()
        tokenizer.add_special_tokens(["<s>", "</s>"])
        tokenizer.add_tokens([AddedToken(mark, special=special) for mark in ("<think>", "</think>")])
        if begins:
            tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", len(alphabet))])
        folder = os.path.join(root, "tokenizers", name)
        fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", chat_template=template)
        fast.save_pretrained(folder)
        question = "Who came?"
        message = [dict(role="user", content=question)]
        ids = (
            fast(f"{question}\n<think>\n")["input_ids"]
            if template is None
            else fast.apply_chat_template(message, add_generation_prompt=True, return_dict=False)
        )
        dump(dict(question=question, ids=list(ids)), folder, "expected.json")


if __name__ == "__main__":
    make_models(sys.argv[1])
    make_adapters(sys.argv[1])
    make_tokenizers(sys.argv[1])
