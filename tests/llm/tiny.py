"""A llama of random weights: a real model file of half a megabyte whose answers are noise."""

import sys

import gguf
import numpy as np

CONTEXT, WIDTH, HEADS, INNER, LAYERS = 1024, 64, 4, 128, 2
TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{m['role']}}\n{{m['content']}}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
MERGES = [(" ", "t"), ("h", "e"), ("i", "n"), ("r", "e"), ("o", "n")]


def byte_letters() -> list[str]:
    """The letter that stands for each byte in a byte-level vocabulary."""
    shown = {*range(33, 127), *range(161, 173), *range(174, 256)}
    hidden = iter(range(256, 512))
    return [chr(byte) if byte in shown else chr(next(hidden)) for byte in range(256)]


def write(path: str) -> None:
    """Write the model file."""
    writer = gguf.GGUFWriter(path, "llama")
    letters = byte_letters()
    pairs = [(letters[ord(a)], letters[ord(b)]) for a, b in MERGES]
    tokens = [*letters, "<|bos|>", "<|im_start|>", "<|im_end|>", *(a + b for a, b in pairs)]
    writer.add_name("tiny-random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([1] * 256 + [3] * 3 + [1] * len(pairs))
    writer.add_token_merges([f"{a} {b}" for a, b in pairs])
    writer.add_bos_token_id(256)
    writer.add_eos_token_id(258)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    add_weights(writer, len(tokens))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_weights(writer: gguf.GGUFWriter, vocabulary: int) -> None:
    chance = np.random.default_rng(0)

    def weights(*shape: int) -> np.ndarray:
        return (chance.standard_normal(shape) * 0.08).astype(np.float32)

    writer.add_tensor("token_embd.weight", weights(vocabulary, WIDTH))
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    writer.add_tensor("output.weight", weights(vocabulary, WIDTH) * 4)
    for layer in range(LAYERS):
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", np.ones(WIDTH, np.float32))
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", weights(WIDTH, WIDTH))
        for name, shape in (("gate", (INNER, WIDTH)), ("up", (INNER, WIDTH)), ("down", (WIDTH, INNER))):
            writer.add_tensor(f"blk.{layer}.ffn_{name}.weight", weights(*shape))


def serve(path: str, key: str) -> None:
    """Serve the model until the input ends; the address is printed."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = path
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 1
    parameters.warmup = False
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [key]
    parameters.model_alias = {"tiny-random"}
    server = xllamacpp.Server(parameters)
    print("LISTENS", server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    write(sys.argv[1])
    serve(*sys.argv[1:])
