/* SPDX-License-Identifier: MIT */
/*
 * Templates of the user's own, beside the vault: outputs[].template "./path".
 * One sees every secret and could write its own base URL, so it has to be the
 * one whose hash was sealed (vault-format, section 2).
 */
#ifndef APPLY_USER_TEMPLATE_H
#define APPLY_USER_TEMPLATE_H

#include "base/buf.h"
#include "base/error.h"
#include "template/template.h"

#include <jansson.h>
#include <stdbool.h>

#define TEMPLATE_HASH_SIZE 65 /* 64 hex digits of SHA-256 and the NUL */

bool user_template_is(const char *name);

/*
 * Appends its text. STATUS_INVALID where the path leaves the vault's folder or
 * the file is too large, STATUS_IO where it cannot be read.
 */
bool user_template_read(const char *directory, const char *name,
	struct buf *text, struct error *err) MUST_CHECK;

/* STATUS_LOCKED_OUT unless the text has that hash (NULL: none was sealed). */
bool user_template_check(const char *name, const struct buf *text,
	const char *sha256, struct error *err) MUST_CHECK;

/*
 * How it writes values: by the extension in front of its own .mustache, else by
 * that of the output's path. STATUS_INVALID where neither is a known format.
 */
bool user_template_escaping(const char *name, const char *path,
	enum escaping *escaping, struct error *err) MUST_CHECK;

void user_template_hash(const struct buf *text, char out[TEMPLATE_HASH_SIZE]);

enum hash_wish {
	HASH_MISSING, /* `init`, `config set`: outputs that have none yet */
	HASH_ALL,     /* `seal`: also those whose file is another now */
};

/* Writes the hashes of user templates into settings.outputs. */
bool user_templates_record(const char *directory, json_t *settings,
	enum hash_wish wish, struct error *err) MUST_CHECK;

#endif
