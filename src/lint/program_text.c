/* SPDX-License-Identifier: MIT */
/* Secrets in the text of a program, which nobody runs to know them. */
#include "lint/lint_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"
#include "lexer/lexer.h"

#include <string.h>

/* A key's prefix is none in front of less. */
#define KEY_LEAST 20

/* user:password@ in one piece. */
static bool has_password(struct slice piece)
{
	size_t scheme = 0;

	while (scheme < piece.size && !slice_has_at(piece, scheme, "://"))
		scheme++;
	const struct slice authority =
		slice_from(piece, scheme + strlen("://"));
	const struct slice user =
		slice_first(authority, slice_find(authority, '@'));
	const struct slice password =
		slice_from(user, slice_find(user, ':') + 1);
	return user.size < authority.size && password.size > 0 &&
		!placeholder_is(password.at, password.size);
}

static bool is_secret(struct slice piece, bool secret_name)
{
	char *text = slice_text(piece);
	const bool found = has_password(piece) ||
		(secret_name && lint_is_issued(text) &&
			!key_prefix_find(piece.at, piece.size));

	memory_free(text, piece.size);
	return found;
}

bool lint_template_has_secret(struct slice template, bool secret_name)
{
	struct lexer lexer;
	struct lexeme part;
	bool found = false;

	lexer_init(&lexer, &lexicon_javascript, template);
	do {
		if (!lexer_next(&lexer, &part))
			return false;
		/* Of the template itself, and not of one that is put in. */
		if (part.kind == LEXEME_TEXT && lexer.depth == part.opens)
			found = is_secret(part.inside, secret_name);
	} while (!found && lexer.depth > 0);
	return found;
}

static bool is_key_byte(char byte)
{
	return text_is_alphanumeric(byte) || strchr("_-./", byte);
}

static bool is_key(struct slice run)
{
	if (run.size < KEY_LEAST || !key_prefix_find(run.at, run.size))
		return false;
	char *text = slice_text(run);
	bool found = lint_is_issued(text);

	memory_free(text, run.size);
	return found;
}

bool lint_take_key(struct slice *rest, struct slice *key)
{
	while (rest->size > 0) {
		size_t size = 0;
		while (size < rest->size && is_key_byte(rest->at[size]))
			size++;
		*key = slice_first(*rest, size);
		*rest = slice_from(*rest, size + (size < rest->size));
		if (is_key(*key))
			return true;
	}
	return false;
}
