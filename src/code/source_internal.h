/* SPDX-License-Identifier: MIT */
#ifndef CODE_SOURCE_INTERNAL_H
#define CODE_SOURCE_INTERNAL_H

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
};

/* By the name of the file; `text` begins as it does ("#!/bin/sh"). */
enum language language_of(const char *path, const char *text, size_t size);

/* How comments and strings look. */
struct lexicon {
	bool slashes;             /* // and slash-star */
	bool hash;                /* # */
	bool triple;              /* three quotes span lines */
	const char *quotes;       /* that begin a string */
	const char *spans;        /* those of them that span lines */
	const char *inner;        /* what begins code in a string, up to "}" */
	const char *inner_quotes; /* in these */
	const char *as_code;      /* quotes whose content counts as code */
};
const struct lexicon *lexicon_of(enum language language);

/* How a name is read. In `text` a blank stands for any white space or none, %n
 * for a name, %s for one in quotes. */
struct reading {
	unsigned languages;
	const char *text;
	bool lenient;   /* nothing is missed where it is not there */
	bool in_string; /* it stands in a text, not in code */
};
extern const struct reading readings[];
extern const size_t reading_count;

/* Whether a file is one of those that give names: env files and their examples,
 * compose files, Dockerfiles, workflows, ... */
bool path_gives(const char *path);
/* Env files, lists of names: what stands there is not read there. */
bool path_only_gives(const char *path);
/* Tests, examples, documentation: what they read is not the app's. */
bool path_is_aside(const char *path);

/* Given by the platform, a runtime or a tool (PATH, NODE_ENV, CI, npm_...). */
bool platform_gives(const char *name);
/* Read by a runtime or a library, without a word in the code. */
bool platform_reads(const char *name);

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
	unsigned char *signs; /* owned: an enum sign for each byte */
};
void source_lex(struct source *source);

/* Line and column of a place, both from 1 on. */
void source_place(
	const struct source *source, size_t at, size_t *line, size_t *column);

#define NAME_MOST 128

struct read {
	char name[NAME_MOST];
	size_t at;
	bool optional; /* it may be missing */
	bool asked;    /* with a default, in a condition: the same elsewhere */
	bool given;    /* it is set there */
};
typedef void read_found(void *context, const struct read *read);

/* Every name that the source reads or sets. */
void source_reads(
	const struct source *source, read_found *found, void *context);
/* Every name that stands before "=", with `by_colon` before ":" too, or where a
 * name is declared. */
void text_gives(const char *text, size_t size, bool by_colon,
	void (*found)(void *context, const char *name), void *context);

/* Where a client is made with the gateway's address and without a second
 * header; false: nowhere. */
bool source_bare_client(const struct source *source, size_t *at);

/* Where the address of somebody's gateway is written; false: nowhere. */
bool source_address(const struct source *source, size_t *at);

/* Whether the text in quotes whose first quote is at `at` is an issuer's key:
 * its prefix, or NULL. */
const char *text_key(const char *text, size_t size, size_t at);

#endif
