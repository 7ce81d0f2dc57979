"""Writes the weights as a model folder: Qwen2's layout in fp16, with the windowed layers as `layer_types` says them."""

import json
import os
import shutil

import torch
from safetensors.torch import save_file


def config_of(shape, context=16384):
    return {
        'architectures': ['Qwen2ForCausalLM'],
        'model_type': 'qwen2',
        'vocab_size': shape.vocab,
        'hidden_size': shape.width,
        'intermediate_size': shape.inner,
        'num_hidden_layers': shape.layers,
        'num_attention_heads': shape.heads,
        'num_key_value_heads': shape.heads,
        'head_dim': shape.head,
        'rms_norm_eps': shape.epsilon,
        'rope_theta': shape.theta,
        'max_position_embeddings': context,
        'tie_word_embeddings': True,
        'use_sliding_window': True,
        'sliding_window': shape.window,
        'layer_types': ['sliding_attention' if windowed else 'full_attention' for windowed in shape.windowed],
        'hidden_act': 'silu',
        'torch_dtype': 'float16',
    }


def write_model(weights, shape, tokenizer, out, dtype=torch.float16):
    os.makedirs(out, exist_ok=True)
    tensors = {f'model.{name}': value.detach().to(dtype).contiguous() for name, value in weights.items()}
    save_file(tensors, os.path.join(out, 'model.safetensors'), metadata={'format': 'pt'})
    with open(os.path.join(out, 'config.json'), 'w') as file:
        json.dump(config_of(shape), file, indent=2)
        file.write('\n')
    for name in ('tokenizer.json', 'tokenizer_config.json'):
        shutil.copy(os.path.join(tokenizer, name), out)
