/* SPDX-License-Identifier: MIT */
#ifndef CODE_SOURCE_INTERNAL_H
#define CODE_SOURCE_INTERNAL_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

enum language {
	LANGUAGE_NONE = 0,
	LANGUAGE_JS = 1 << 0,
	LANGUAGE_PYTHON = 1 << 1,
	LANGUAGE_RUBY = 1 << 2,
	LANGUAGE_PHP = 1 << 3,
	LANGUAGE_GO = 1 << 4,
	LANGUAGE_RUST = 1 << 5,
	LANGUAGE_JAVA = 1 << 6, /* Kotlin, C#: alike enough */
	LANGUAGE_ELIXIR = 1 << 7,
	LANGUAGE_SHELL = 1 << 8,
	LANGUAGE_COMPOSE = 1 << 9,
	LANGUAGE_PRISMA = 1 << 10,
	LANGUAGE_TEMPLATE = 1 << 11, /* HTML with code in it */
	LANGUAGE_SPRING = 1 << 12,   /* its application.yml and .properties */
};
/* Which take ${NAME}, and say in it what becomes of one that is not there. */
#define LANGUAGES_OF_PLACEHOLDERS                                              \
	(LANGUAGE_SHELL | LANGUAGE_COMPOSE | LANGUAGE_SPRING)

/* By the name of the file; `text` begins as it does ("#!/bin/sh"). */
enum language language_of(const char *path, const char *text, size_t size);

/* NULL for none. */
struct lexicon;
const struct lexicon *lexicon_of(enum language language);

/*
 * How a name is read. In `text` a blank stands for any white space or none, %n
 * for a name, %s for one in quotes or a word for it, %m for a member of an
 * object of JavaScript
 * (.NAME, ?.["NAME"], ...), %a for the arguments of a call of which the first
 * is one in quotes, %t for type arguments (<string>) or none.
 */
struct reading {
	unsigned languages;
	/* In front of `text`, which begins with "env" in some case: the places
	 * of these are known. NULL: the text is looked for. */
	const char *before;
	const char *text;
	const char *where; /* "A|B": where the file has one; NULL: always */
	bool asks;         /* it is fine where the name is not there */
	bool is_member;    /* it may stand behind a "." */
	bool has_objects;  /* beside variables: what calls a method is none */
	/* Names that are always there, and what others begin with that are: it
	 * ends with "_"; NULL: none. */
	const char *given;
};
extern const struct reading readings[];
extern const size_t reading_count;

bool path_is_env_file(const char *path);
/* Env files, lists of names: what stands there is not read there. */
bool path_only_gives(const char *path);
/* Tests, examples, documentation: what they read is not the app's. */
bool path_is_aside(const char *path);

/* Given by the platform, a runtime or a tool (PATH, NODE_ENV, CI, npm_...). */
bool platform_gives(const char *name);
/* The same for the code at a path. */
bool platform_gives_to(const char *path, const char *name);
/* Read by a runtime or a library, without a word in the code. */
bool platform_reads(const char *name);
/* In what a framework's own files of settings read, of which an app needs a
 * part: those of Laravel. */
bool platform_offers(const char *name);

enum sign {
	SIGN_CODE,
	SIGN_STRING,
	SIGN_COMMENT,
};

/* A file. */
struct source {
	const char *path;
	const char *text;
	size_t size;
	enum language language;
	/* Owned: where "env" stands, in any case, such that something may be
	 * read by it, in order. */
	size_t *envs;
	size_t env_count;
	bool has_words;       /* some of reading_words */
	unsigned char *signs; /* owned: an enum sign for each byte */
	struct place {
		size_t at;
		size_t line, column; /* from 1 on; 0: nowhere yet */
	} place;                     /* the last that was asked for */
};
void source_lex(struct source *source);
/* Frees what it owns. */
void source_release(struct source *source);

/* Whether a file is one of those that give names: env files and their examples,
 * compose files, Dockerfiles, workflows, ... Not those that only declare what
 * has to be given, as turbo.json does. */
bool source_gives(const struct source *source);

/* Takes time by how far it is from the place before. */
struct place source_place(struct source *source, size_t at);

#define NAME_MOST 128

struct read {
	char name[NAME_MOST];
	size_t at;
	bool asked; /* the code can do without it */
	bool given; /* it is set there */
	/* Of Viper: where some file binds it, perhaps with a prefix. */
	bool any_prefix;
};
typedef void read_found(void *context, const struct read *read);

/* Who is told. */
struct reader {
	const struct source *source;
	read_found *found;
	void *context;
	bool env_is_all; /* a variable `env` is all of the environment */
	/* How many words may still be looked up (constants.c); NULL: none. */
	size_t *constants;
};

/* Every name that the source reads or sets. */
void source_reads(
	const struct source *source, read_found *found, void *context);

/* The parts of source_reads. */
/* rows.c: what the rows of `readings` find, or others whose texts begin alike.
 */
void find_in_table(const struct reader *reader);
void find_readings(const struct reader *reader,
	const struct reading *readings_alike, size_t count);
/* match.c: whether a text as readings have it stands at `at`, and what it has.
 */
struct match {
	char name[NAME_MOST];
	size_t end;
	bool more; /* arguments beside the name: a default */
};
bool source_matches(const struct reader *reader, const char *pattern, size_t at,
	struct match *match);
/* Where such a text, which stands at `at`, ends; 0: it does not
 * stand there. */
size_t source_pattern_end(
	const struct source *source, const char *pattern, size_t at);
/* Whether such a text ends at *at, which is moved to where it begins. */
bool source_pattern_before(
	const struct source *source, const char *pattern, size_t *at);
/* constants.c: the name in the text that the word at *at, which is moved behind
 * it, stands for; false where it is none, or more than one. */
bool take_constant(
	const struct reader *reader, size_t *at, char name[NAME_MOST]);
/* calls.c: getenv("NAME"), requireEnv("NAME"), env.get("NAME"), ... */
void find_calls(const struct reader *reader);
/* patterns.c: names in braces: in front of "= process.env" at [at, end), and in
 * imports of modules that stand for an environment. */
void find_destructuring(const struct reader *reader, size_t at, size_t end);
void find_imports(const struct reader *reader);
/* What a bundler puts in the place of a name, as Vite's and webpack's "define"
 * has it: { "process.env.NAME": ... } gives it. */
void find_defines(const struct reader *reader);
/* givers.c: what the code puts into the environment as an object: the members
 * of Object.assign(process.env, {...}), of Next's `env`, ... */
void find_givers(const struct reader *reader);
/* aliases.c: names of people's own for all of the environment, as
 * import { env as e } from "process" has them, and for Nest's service; sets
 * reader->env_is_all, and reads by the others. */
void find_aliases(struct reader *reader);
/* tags.c: `env:"NAME,required"` behind a field of Go. */
void find_tags(const struct reader *reader);
/* expansions.c: "$NAME" and "${NAME}" in what Go's os.ExpandEnv is given. */
void find_expansions(const struct reader *reader);
/* workers.c: what a worker of Cloudflare is handed beside its variables. */
void find_bindings(const struct reader *reader);
/* Whether what ends at `end` is used as such an object: env.DB.prepare( */
bool source_is_binding(const struct source *source, size_t end);
/* membership.c: "NAME" in front of "in os.environ": the code can do without it.
 */
void find_membership(const struct reader *reader, size_t at);
/* schemas.c: what libraries check an environment by. */
void find_schemas(const struct reader *reader);
/* Whether a schema is about an environment by the file's name alone. */
bool path_is_of_settings(const char *path);
/* settings.c: fields of pydantic's settings. */
void find_settings(const struct reader *reader);
/* viper.c: what Go's Viper takes from the environment unasked, where the app
 * says VIPER_BINDS. */
#define VIPER_BINDS "AutomaticEnv("
void find_viper(const struct reader *reader);

/* consequence.c: what a program does behind a condition. */
/* Whether one of the texts stands at `at`. */
bool source_has_any_at(const struct source *source, size_t at,
	const char *const *list, size_t count);
/* Whether it ends in [at, to): by an exception, an exit, a panic. */
bool source_has_end(const struct source *source, size_t at, size_t to);
/* Whether it ends where the condition at [at, end) says that nothing is there.
 */
bool source_ends_then(const struct source *source, size_t at, size_t end);
/* Whether it returns where the condition says that something is there, and ends
 * behind that. */
bool source_ends_otherwise(const struct source *source, size_t at, size_t end);

/* What becomes of the code where nothing is there. */
enum doubt {
	DOUBT_NONE,   /* it does not look */
	DOUBT_SPARED, /* it has a default, or goes on without */
	DOUBT_ENDS,   /* it looks, and ends */
};
/* consequence.c: of an error of Go's at [at, end). */
enum doubt source_error_doubt(
	const struct source *source, size_t at, size_t end);
/* use.c: what an expression at [at, end) is used for. */
enum doubt source_use(const struct source *source, size_t at, size_t end);
/* assigned.c: the variable that the value at `at` is given, perhaps through
 * Number( or the like; of several the last: key, ok := ... Of no bytes: none.
 */
struct slice source_assigned(const struct source *source, size_t at);
/* doubt.c: of what is read at [at, end). */
enum doubt source_doubt(const struct source *source, size_t at, size_t end);
/* Of a variable, by the first place close behind `from` that tests it. */
enum doubt source_tests(
	const struct source *source, struct slice name, size_t from);

/* callee.c: what is called by the "(" at `open`, with the objects in front of
 * it, without type arguments; and whether "env" is a word in it: not envelope(,
 * nor Laravel's environment(. */
struct slice source_callee(const struct source *source, size_t open);
bool callee_names_environment(struct slice callee);
/* Without the objects in front of it. */
struct slice callee_verb(struct slice callee);
/* Whether one of the words, in lower case, is a part of it in whatever case. */
bool callee_has_any(
	struct slice callee, const char *const *words, size_t count);
/* Whether what is read at [at, end) is handed to a helper that makes a flag of
 * it, or takes a default behind it, and gets one. */
bool source_default_behind(const struct source *source, size_t at, size_t end);

/* cursor.c: all of these are safe at any place. */
char source_byte(const struct source *source, size_t at);
/* The one in front of it. */
char source_before(const struct source *source, size_t at);
/* All from there on. */
struct slice source_from(const struct source *source, size_t at);
bool source_is_code(const struct source *source, size_t at);
/* Past white space and comments. */
size_t source_skip_space(const struct source *source, size_t at);
/* The same to the left: where the text in front of it ends. */
size_t source_skip_space_back(const struct source *source, size_t at);
/* The same, and less brackets that open. */
size_t source_skip_opening(const struct source *source, size_t at);
/* Where the name or number begins that ends at `at`. */
size_t source_word_start(const struct source *source, size_t at);
/* The one that begins at `at`; of no bytes: none does. */
struct slice source_word_at(const struct source *source, size_t at);
bool source_has_word(const struct source *source, size_t at, const char *word);
/* Whether one of the words ends at `at`. */
bool source_ends_with_any(const struct source *source, size_t at,
	const char *const *words, size_t count);
/* Where the line begins that `at` is in, and where its line end is. */
size_t source_line_start(const struct source *source, size_t at);
size_t source_line_end(const struct source *source, size_t at);
/* How many blanks and tabs stand at `at`. */
size_t source_indent(const struct source *source, size_t at);
/* Whether the file has the text anywhere. */
bool source_has(const struct source *source, const char *text);
/* The next place from *at on, which is moved there, where the text begins with
 * such a sign; false: none. */
bool source_find(const struct source *source, struct slice text, enum sign sign,
	size_t *at);
/*
 * A variable's name at *at, which is moved behind it: upper case, as all that
 * the environment has of the user's; others are a platform's (npm_config_...),
 * or no variables (config.get("db.host")).
 */
bool source_take_name(
	const struct source *source, size_t *at, char name[NAME_MOST]);
/* One in quotes. */
bool source_take_quoted(
	const struct source *source, size_t *at, char name[NAME_MOST]);
/* What stands in a call behind a name that ends at *at: a second argument is a
 * default, but Python's cast=int and its like. *at is moved to that, or behind
 * the ")"; false: neither is there. */
bool source_take_rest(
	const struct source *source, size_t *at, bool *is_default);
/* Where an expression that begins at `at` ends: at a comma, semicolon or
 * bracket that is not its own, and no further than `most` bytes. */
size_t source_expression_end(
	const struct source *source, size_t at, size_t most);

/* Every name that the file gives a value: it stands before "=", in files that
 * are no shell's before ":" too, or where one is declared. Not one that only
 * hands on its own value (A: ${A}), nor, in a compose file, that of whoever
 * starts it
 * (- A). */
void text_gives(const struct source *source,
	void (*found)(void *context, const char *name), void *context);

/* Where a client is made with the gateway's address and without a second
 * header; false: nowhere. */
bool source_bare_client(const struct source *source, size_t *at);

/* Where the address of somebody's gateway is written; false: nowhere. */
bool source_address(const struct source *source, size_t *at);

/* What is shorter is no key. */
#define KEY_LEAST 20
/* Whether the text in quotes whose first quote is at `at` is an issuer's key:
 * its prefix, or NULL. */
const char *text_key(const char *text, size_t size, size_t at);
/* Every such key. */
void text_keys(const char *text, size_t size,
	void (*found)(void *context, size_t at, const char *prefix),
	void *context);

/* Whether the source, not yet lexed, may read something by what has "env" in
 * it, in either case, or by a schema; finds its places. */
bool source_may_read(struct source *source);
/* How far behind "env" the call begins whose name has it. */
#define CALL_NEAR 96
/* What else it may be by: words that are looked for together with others. */
struct reading_word {
	unsigned languages;
	const char *text;
	bool in_settings; /* where the file's name says that it has some */
};
extern const struct reading_word reading_words[];
extern const size_t reading_word_count;
bool reading_word_counts(size_t word, const struct source *source);

#endif
