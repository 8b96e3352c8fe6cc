/* SPDX-License-Identifier: MIT */
/*
 * What the models share: places in the file, white space as different
 * languages have it, quotes, and what is done to a value.
 */
#ifndef READERS_READERS_INTERNAL_H
#define READERS_READERS_INTERNAL_H

#include "readers/readers.h"

/* The byte at `at`, NUL at the end of the file. */
static inline char byte_at(const struct reading *reading, size_t at)
{
	return at < reading->size ? reading->text[at] : '\0';
}

/* Whose white space. */
enum space {
	SPACE_ASCII, /* \t \n \v \f \r and blank: Ruby, PHP */
	SPACE_GO,    /* the same without \v: RE2's \s */
	SPACE_TAB,   /* \t and blank alone */
	SPACE_JS,
	SPACE_UNICODE, /* Python, Rust, Go's unicode.IsSpace */
};

/* The size of the white space at `at`, line breaks included; 0: none. */
size_t space_at(const struct reading *reading, size_t at, enum space space);
size_t skip_space(const struct reading *reading, size_t at, enum space space);
/* The next LF or, where `also` has more, one of those; the size at the end. */
size_t find_line_end(const struct reading *reading, size_t at);
size_t find_any(const struct reading *reading, size_t at, const char *bytes);
/* Behind the line break (LF, CR LF, CR) at `at`; `at` at the end. */
size_t skip_line_end(const struct reading *reading, size_t at);
/* Behind the next LF; the size at the end. */
size_t next_line(const struct reading *reading, size_t at);
bool begins_at(const struct reading *reading, size_t at, const char *text);

struct slice cut(const struct reading *reading, size_t from, size_t to);
struct slice trim(struct slice text, enum space space);
struct slice trim_end(struct slice text, enum space space);

/* Where the name begins: behind "export" and white space, else `at`. */
size_t behind_export(
	const struct reading *reading, size_t at, enum space space);

/* Letters, digits and _, and what else is in `more`. */
size_t skip_word(const struct reading *reading, size_t at, const char *more);
/* [A-Za-z_][A-Za-z0-9_]* */
bool is_shell_name(struct slice name);

/*
 * The quote that closes the one at `open`: the first that no backslash stands
 * before. *escaped gets the last one before it that has one, or 0. The size
 * where there is none. What was found is kept, so that lines that open quotes
 * for nothing do not take quadratic time.
 */
size_t find_closing(struct reading *reading, size_t open, size_t *escaped);

/* What the item is. The value is what stands in reading->value. */
void see_value(struct reading *reading, struct seen *seen, struct slice name);
void see_expanded(
	struct reading *reading, struct seen *seen, struct slice name);
void see_refused(struct reading *reading, struct seen *seen);
void see_ended(struct reading *reading, struct seen *seen);

/* Puts the text into reading->value. */
void put_value(struct reading *reading, struct slice text);

/*
 * Backslash sequences of reading->value, each letter of `from` standing for the
 * byte of `to`; others keep their backslash, or drop it but before those in
 * `kept` where `drops`.
 */
void unescape(struct reading *reading, const char *from, const char *to);
void drop_backslashes(struct reading *reading, const char *kept);
/* "\$" is "$" in reading->value. */
void unescape_dollars(struct reading *reading);
/* CR LF and CR are LF in reading->value. */
void unify_line_ends(struct reading *reading);

/* In front of `at` stands a backslash. */
bool is_escaped(struct slice text, size_t at);
/*
 * Of each `(` of the text the place of the `)` that closes it, of all other
 * bytes and of what is never closed 0: all in one pass, so that a value of
 * nothing but brackets does not take quadratic time. Owned, to be freed; NULL
 * where no `$(` is in it.
 */
size_t *find_brackets(struct slice text);

/* reader_model.variant */
enum {
	PAIRS_DOTENV,
	PAIRS_EXPAND_11,
	PAIRS_EXPAND_1000,
	PAIRS_NEXT,
	PAIRS_DOTENVX,

	NODE_20,
	NODE_22,

	PYTHON_DOTENV,
	PYTHON_COMPOSE,

	RUBY_DOTENV,
	RUBY_DIRENV,
};

void read_dotenv8(struct reading *reading, struct seen *seen);
void read_env_cmd(struct reading *reading, struct seen *seen);
void read_docker(struct reading *reading, struct seen *seen);
void read_pairs(struct reading *reading, struct seen *seen);
void read_node(struct reading *reading, struct seen *seen);
void read_python(struct reading *reading, struct seen *seen);
void read_ruby(struct reading *reading, struct seen *seen);
void read_php(struct reading *reading, struct seen *seen);
void read_symfony(struct reading *reading, struct seen *seen);
void read_go(struct reading *reading, struct seen *seen);
void read_rust(struct reading *reading, struct seen *seen);
void read_systemd(struct reading *reading, struct seen *seen);
void read_shell(struct reading *reading, struct seen *seen);

#endif
