/* SPDX-License-Identifier: MIT */
/*
 * Mustache (specification 1.4.x, github.com/mustache/spec: comments,
 * delimiters, interpolation, inverted, partials, sections; less lambdas,
 * dynamic names and inheritance) with one escaper per format, so that no value
 * can break out of its place: a tag stands for a whole value, quotes included.
 *
 * Where the specification leaves a choice:
 *  - falsey are false, null, "", 0 and the empty list, as `!!data` has it;
 *  - blank lines of an indented partial stay blank;
 *  - numbers print in the fewest digits that read back the same; one with a
 *    fraction or exponent keeps a point (1e3 is 1000.0), which YAML 1.1 needs;
 *  - json, js and yaml write numbers, true, false, null, lists and objects as
 *    values of their own, without quotes; elsewhere null is empty, and a list
 *    or object is its JSON text;
 *  - a missing name prints nothing in every format (unless strict).
 *
 * What it refuses: unescaped tags in the formats where they would undo the
 * above, a tag inside quotes that the format's escaper brings itself, templates
 * that are no UTF-8, and any amount of work that data can multiply: depth,
 * steps and output have limits.
 *
 * The one place that no escaper can keep safe is a comment of a format in which
 * a line break cannot be escaped (sh, env): tags belong where values stand.
 *
 * This module reads no files: partials come from the caller.
 */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include "base/buf.h"
#include "base/error.h"
#include "envfile/envfile.h"
#include "os/secret.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define TEMPLATE_LIMIT (1u << 20)
#define TEMPLATE_OUTPUT_LIMIT (16u << 20)

enum escaping {
	ESCAPE_NONE,
	ESCAPE_HTML, /* & < > " */
	ESCAPE_ENV,  /* the portable spelling of envfile_quote */
	ESCAPE_JSON, /* a JSON value, quotes included; TOML's strings too */
	ESCAPE_JS,   /* a JavaScript literal, safe inside <script> too */
	ESCAPE_SH,   /* a POSIX shell word, always in single quotes */
	ESCAPE_YAML, /* a YAML 1.1 and 1.2 scalar, double-quoted */
	ESCAPE_COUNT
};

/* "none", "html", ...; ESCAPE_COUNT where it is not known. */
enum escaping escaping_find(const char *name);
const char *escaping_name(enum escaping escaping);
/*
 * By a template's file name, less a final .mustache: ecosystem.config.cjs is
 * js, .env.production env, NAME.mustache html (Mustache's own default).
 * ESCAPE_COUNT for an extension whose format has no escaper here: guessing
 * would write values that read back as something else.
 */
enum escaping escaping_of_file(const char *name);

/*
 * Finds a partial by its name. *text stays NULL where there is none; it is
 * borrowed until the next call. Each name is asked for once a rendering. False,
 * with err filled, ends the rendering.
 */
typedef bool template_partial(void *context, const char *name,
	const char **text, size_t *size, struct error *err);

/*
 * Secrets are in no JSON: where the data has one, a stand-in is there, which is
 * written as the secret's value. Zeroed: none yet.
 */
struct template_secrets {
	struct template_secret {
		json_t *stand_in; /* owned */
		const struct secret *value;
	} * items; /* owned */
	size_t count;
};

/* A value for the data. The secret has to outlive the rendering. New reference.
 */
json_t *template_stand_in(
	struct template_secrets *secrets, const struct secret *value);
void template_secrets_release(struct template_secrets *secrets);

struct template_options {
	const char *name; /* of the template, for messages */
	const struct template_secrets *secrets; /* NULL: none in the data */
	enum escaping escaping;
	/* Of env: who must read the same, else it is an error. 0: nobody is
	 * declared. */
	reader_set readers;
	/* A name that is not in scope, or a partial that is not there, is an
	 * error with line and column. A name whose value is null is in scope.
	 */
	bool strict;
	template_partial *partial; /* NULL: there are none */
	void *context;
};

/*
 * Renders with any JSON value as data and appends to out, which is left as it
 * was on failure. STATUS_INVALID with err.where "name:line:column".
 */
bool template_render(const char *text, size_t size, json_t *data,
	const struct template_options *options, struct buf *out,
	struct error *err) MUST_CHECK;

#endif
