/* SPDX-License-Identifier: MIT */
/*
 * A .env file as a lossless document: bytes in, the same bytes out, but for the
 * lines that aigenv manages. And the portable quoting of values, with the
 * readers that will differ (measured: reference env-file-grammars).
 */
#ifndef ENVFILE_ENVFILE_H
#define ENVFILE_ENVFILE_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENVFILE_LIMIT (1u << 20)

/* DESIGN "Env-file readers": constant, name. */
#define READERS(X)                                                             \
	X(READER_NODE, "node")                                                 \
	X(READER_DOTENV, "dotenv")                                             \
	X(READER_DOTENV8, "dotenv8")                                           \
	X(READER_DOTENV_EXPAND, "dotenv-expand")                               \
	X(READER_NEXT, "next")                                                 \
	X(READER_DOTENVX, "dotenvx")                                           \
	X(READER_PYTHON_DOTENV, "python-dotenv")                               \
	X(READER_RUBY_DOTENV, "ruby-dotenv")                                   \
	X(READER_PHPDOTENV, "phpdotenv")                                       \
	X(READER_SYMFONY, "symfony")                                           \
	X(READER_GODOTENV, "godotenv")                                         \
	X(READER_RUST_DOTENV, "rust-dotenv")                                   \
	X(READER_BASH, "bash")                                                 \
	X(READER_DASH, "dash")                                                 \
	X(READER_ZSH, "zsh")                                                   \
	X(READER_SYSTEMD, "systemd")                                           \
	X(READER_DOCKER, "docker")                                             \
	X(READER_PODMAN, "podman")                                             \
	X(READER_COMPOSE, "compose")                                           \
	X(READER_DIRENV, "direnv")                                             \
	X(READER_ENV_CMD, "env-cmd")                                           \
	X(READER_PM2, "pm2")

enum reader {
#define X(constant, name) constant,
	READERS(X)
#undef X
	READER_COUNT
};

/* A set of readers: bit 1 << reader. */
typedef uint32_t reader_set;

const char *reader_name(enum reader reader);
/* READER_COUNT where the name is not known. */
enum reader reader_find(const char *name);

/*
 * Appends the value in the portable spelling, quotes included. *differ gets the
 * readers that will read something else; `wanted` (may be 0) chooses the camp
 * where no spelling suits all. STATUS_INVALID for what cannot be written at
 * all (CR, NUL, no UTF-8, over 131,071 bytes with the name; command
 * substitution where a wanted reader would run it).
 */
bool envfile_quote(const char *name, const char *value, reader_set wanted,
	struct buf *out, reader_set *differ, struct error *err) MUST_CHECK;

struct envfile; /* a parsed document */

/*
 * Parses what a file holds; every input has a document, since what is no
 * assignment is kept as it is. STATUS_INVALID for over ENVFILE_LIMIT, NUL or
 * UTF-16.
 */
bool envfile_parse(const char *bytes, size_t size, struct envfile **document,
	struct error *err) MUST_CHECK;
void envfile_free(struct envfile *document);

/* The bytes of the document as it now is. */
void envfile_format(const struct envfile *document, struct buf *out);

struct envfile_entry {
	const char *name;  /* borrowed */
	const char *value; /* as dotenv reads it; borrowed */
	size_t line;       /* from 1 */
	size_t column;     /* of the value, from 1 */
};
/* Assignments in order; the last of one name is what readers take. */
size_t envfile_count(const struct envfile *document);
void envfile_entry(const struct envfile *document, size_t index,
	struct envfile_entry *entry);
/* The value of the last assignment of that name, or NULL. */
const char *envfile_get(const struct envfile *document, const char *name);

/*
 * Sets a managed variable to a spelling (what envfile_quote wrote). Its line is
 * replaced in place (the last one of its name; earlier ones go), keeping its
 * line end; an inline comment moves to a line of its own above; a new name goes
 * to the end, in the file's own line ends. A line that already spells it so is
 * left untouched, byte for byte.
 */
void envfile_set(
	struct envfile *document, const char *name, const char *spelling);
/* Removes every assignment of that name. */
void envfile_remove(struct envfile *document, const char *name);

#endif
