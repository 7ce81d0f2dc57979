"""The environments of the checks, at the versions that registries serve, on the CPU."""

from environment import Needs

TORCH = ("setuptools>=77", "torch==2.13.0")
# verl's default trainer imports the last four; its package does not ask for them (a rollout engine brings three).
VERL_PACKAGES = ("verl==0.9.1", "TransferQueue==0.1.11", "cachetools", "fastapi", "uvicorn")
TRL = "trl==1.16.0"
# Without TRL: beside TRL 1.16, verl 0.9.1 loads data, and its actor does not start.
VERL = Needs("verl", (*TORCH, *VERL_PACKAGES))
# Colorlog is what AReaL's reward wrapper needs. OpenRLHF demands deepspeed, flash-attn and vLLM's transformers, AReaL SGLang and a
# GPU's kernels; what is checked of them needs none of these.
TRAINERS = Needs("trainers", (*TORCH, TRL, *VERL_PACKAGES, "colorlog"), ("openrlhf==0.11.2", "areal==1.0.4"))
VERIFIERS = ("verifiers==0.4.0", "uv")

# SkyRL's comes first: it takes longest. Each check has one.
NEEDS = {
    # SkyRL 0.4 asks for Python 3.12; aiohttp is missing from its extra. integrations/skyrl has what is checked.
    "skyrl": Needs("skyrl", ("torch==2.13.0", "skyrl[tinker,jax]==0.4.0", "aiohttp"), python=(3, 12)),
    "python": TRAINERS,
    "trl": TRAINERS,
    "shared-prompt": TRAINERS,
    "verl": VERL,
    "openrlhf": TRAINERS,
    "verifiers": Needs("verifiers", VERIFIERS),
    # 0.7 asks for Python 3.13.14 or newer and runs on 3.13.0.
    "nemo-gym": Needs("nemo-gym", ("nemo-gym==0.7.0", "setuptools>=77"), python=(3, 13), supposed_python="3.13.14"),
    "openenv": Needs("openenv", ("openenv==0.10.0",)),
    "areal": TRAINERS,
    "slime": TRAINERS,
    # What prime-rl's sink imports beside verifiers.
    "prime-rl": Needs("prime-rl", (*TORCH, *VERIFIERS, "msgspec", "wandb", "xxhash", "platformdirs")),
    "nemo-rl": TRAINERS,
}
