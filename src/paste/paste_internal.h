/* SPDX-License-Identifier: MIT */
/*
 * Reading has three steps: the readers (curl.c, http.c, code.c, yaml.c, env.c,
 * or import for a file's variables) collect findings, each a value with its
 * role and where it stood; recognise.c finds the endpoints among them and which
 * findings belong to which; settle.c makes parts of a profile of the best one.
 */
#ifndef PASTE_PASTE_INTERNAL_H
#define PASTE_PASTE_INTERNAL_H

#include "base/buf.h"
#include "base/slice.h"
#include "paste/findings.h"

#include <stdbool.h>

#define PASTE_WORD_LIMIT 65536

#define GATEWAY_HOST "gateway.ai.cloudflare.com/"

/* OPENAI_BASE_PATH=v1/<account>/<gateway>/openai/chat/completions, beside a
 * variable that has the host; false, and nothing added, for any other text. */
bool findings_gateway_path(
	struct findings *findings, struct slice path, struct slice from);

/* "Name: value"; false where the name is no header that counts. */
bool findings_header(struct findings *findings, struct slice text);

/* Appends the value bound to a name, else "${name}". */
void findings_resolve(
	const struct findings *findings, struct slice name, struct buf *out);

/* The same, with what a program takes where nothing is bound; an address or a
 * placeholder there is none. */
void findings_resolve_or(const struct findings *findings, struct slice name,
	struct slice otherwise, struct buf *out);

/*
 * Appends the value of the reference in an interpolation:
 * process.env.NAME, os.environ["NAME"], name.
 */
void findings_resolve_expression(
	const struct findings *findings, struct slice text, struct buf *out);

/* Whether it begins with "$OPENAI_API_KEY", which some tools' settings expand:
 * in capitals, and longer than what a key may have in it. */
bool is_shell_variable(struct slice text);

/* Stands between the blocks that plain_read finds: a line of its own. */
#define BLOCK_END "\f"

/* The text without the marks of Markdown and of comments, in lines, and what
 * stands in tables and forms as "Name: value". What was fenced apart stays
 * apart, as blocks. `out` needs room for twice the text. */
void plain_read(struct slice text, struct buf *out);

/* Where the first curl command begins, or NULL. */
const char *curl_find(struct slice text);
/* All of them, each with a scope of its own, and the variables before. */
void curl_read(struct findings *findings, struct slice text);

void code_read(struct findings *findings, struct slice text);

/* Whether most lines are NAME=VALUE. */
bool env_is(struct slice text);
void env_read(struct findings *findings, struct slice text);

/* Whether a line of it is a request's first: "POST https://...". */
bool http_is(struct slice text);
void http_read(struct findings *findings, struct slice text);

/* Whether most lines are "name: value" and the like, without the punctuation
 * that code has. */
bool yaml_is(struct slice text);
void yaml_read(struct findings *findings, struct slice text);

#endif
