/* SPDX-License-Identifier: MIT */
/*
 * Code as people paste it, in JavaScript, Python, Go, Java, PHP, JSON, TOML and
 * whatever looks alike. No grammar of any of them: tokens, brackets, and a name
 * followed by ":", "=", "(" or ",".
 */
#ifndef PASTE_CODE_INTERNAL_H
#define PASTE_CODE_INTERNAL_H

#include "lexer/lexer.h"
#include "paste/paste_internal.h"

#include <stdbool.h>
#include <stddef.h>

#define TOKENS_LIMIT 8192

enum interpolation {
	PLAIN,
	BRACES,        /* {name}: Python's f"" */
	DOLLAR_BRACES, /* ${name}: JavaScript's `` */
};

struct token {
	enum lexeme_kind kind;
	const char *start; /* of a text: behind its quote */
	size_t size;
	enum interpolation interpolation;
	bool raw; /* without escapes */
};

struct code {
	struct findings *findings;
	const char *begin;
	const char *end;
	struct token *tokens; /* owned */
	size_t count;
	bool has_gateway_maker; /* createAiGateway and its kin */
	/* createWorkersAI has a Worker's binding, beside what makes another
	 * provider's models: what it makes goes past the gateway. */
	bool has_bound_maker;
	bool in_section; /* below [name]: TOML, .ini */
};

bool is_code_name_byte(char byte);

/* Fills tokens and count. */
void code_tokens(struct code *code);

/* Whether a token is a word of a shell's command: behind "export NAME=" or
 * "--name ". */
bool is_shell_word(const struct code *code, size_t index);

/* Where a word without quotes ends that can be no expression: gpt-4o,
 * openai/gpt-5, @cf/meta/llama, <YOUR KEY>, a long word of letters and digits;
 * NULL for none. */
const char *code_bare_word_end(
	const struct code *code, size_t index, enum role role);

/* A chain of names: process.env.X, os.environ["X"], SecretStr("x"). */
struct code_chain {
	size_t first, last;            /* tokens: its ends */
	const struct token *text;      /* the first text in its brackets */
	const struct token *otherwise; /* the second, or behind || and ?? */
	bool closed;  /* options follow, whose texts are theirs */
	bool endless; /* a bracket of it does not close */
	bool environment;
	bool several; /* variables, one in place of another */
	bool any;
};

/* Reads the chain that begins at token `at`; the index behind it, or `at` for
 * none. */
size_t code_chain(const struct code *code, size_t at, struct code_chain *chain);

/* What a value comes to, and who is called for it. */
struct code_value {
	struct buf text;
	struct slice client; /* model: gw("x"): the first name, gw */
};

static inline void code_value_release(struct code_value *value)
{
	buf_release(&value->text);
}

/* Whether such tokens stand there, one for each byte: n is a name, t a text,
 * all else a sign. None stands beyond either end. */
bool code_has(const struct code *code, size_t index, const char *tokens);
/* Whether one of several signs stands there; a name or text of that word. */
bool code_has_sign(const struct code *code, size_t index, const char *signs);
bool code_has_word(const struct code *code, size_t index, const char *word);
struct slice token_slice(const struct code *code, size_t index);

/* createAiGateway and its kin, which open a gateway by account, name and token
 * and not by an address; and whether the present scope is in one's call. */
bool code_is_gateway_maker(struct slice name);
bool code_is_in_gateway_maker(const struct findings *findings);

/* Whether an option of that name is in the call whose bracket opens at `open`.
 */
bool code_call_has(const struct code *code, size_t open, const char *option);

/* Whether the call is one of createWorkersAI({ binding: env.AI }) beside
 * others (has_bound_maker), and finds out whether there is any. */
bool code_is_bound_maker(const struct code *code, struct slice name);
bool code_has_bound_maker(const struct code *code);

/* What makes a model of the text in createOpenAI({...})("gpt-5"), and in
 * openai.chat("gpt-5") of `openai = createOpenAI()`; empty where nothing does.
 */
struct slice code_made_by(const struct code *code, size_t text);

/* Whether a call of that name has a model as its first argument. */
bool code_makes_models(const struct code *code, struct slice name);

/* Where the value begins that is an argument: .apiKey("..."),
 * headers.set("name", "value"), --model gpt-5; 0 for none. `name` is the index
 * of the token that names it, `role` that name's. */
size_t code_argument(const struct code *code, size_t name, enum role role);
size_t code_option(const struct code *code, size_t name);

/* Where a name's value begins: behind ":", "=", ":=", "=>"; 0 for none. */
size_t code_value_index(const struct code *code, size_t name);

/* Whether the name at `index` is a variable that gets a value there. */
bool code_is_assigned(const struct code *code, size_t index);

/* Adds what the name at `index` says of its value. */
void code_take_named(struct code *code, size_t index);

/* Whether the present scope has that name; or one around it, too. */
bool code_is_in(const struct findings *findings, const char *name);
bool code_is_within(const struct code *code, const char *name);

/* What the opening bracket at `index` belongs to. */
struct opening opening_at(const struct code *code, size_t index);

/* TOML's [model_providers.gw] on a line of its own: returns the index behind,
 * or 0. */
size_t section_end(const struct code *code, size_t index);

/* Appends a text's value: escapes and interpolations undone. */
void code_text(
	const struct code *code, const struct token *token, struct buf *out);

/* env, getenv, environ: what has variables of the environment. */
bool code_is_environment(struct slice name);

/* The variable that process.env.X, os.environ["X"] and the like look up; empty
 * for what is none. `next` is the index behind it. */
struct slice code_variable(const struct code *code, size_t at, size_t *next);

/* Whether a text has places for arguments: %s, {}. */
bool code_is_pattern(struct slice text);

/* Appends the text at `index`, with the arguments behind it in their places. */
void code_format(const struct code *code, size_t index, struct buf *out);

/* The value that begins at token `at`: terms joined by "+" or side by side. */
void code_value(const struct code *code, size_t at, enum role role,
	struct code_value *value);

#endif
