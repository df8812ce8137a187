"""A chat model without a language model: it reads rendered prompts as one would and answers all of them sensibly."""
