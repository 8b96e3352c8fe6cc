/* SPDX-License-Identifier: MIT */
/* Rendering in one call: templates and data as text. */
#ifndef TESTS_TEMPLATE_SUPPORT_H
#define TESTS_TEMPLATE_SUPPORT_H

#include "base/json.h"
#include "template/template.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct json_limits any_data = {
	.depth = 64,
	.any_value = true,
	.reals = true,
	.nulls = true,
	.controls = true,
};

static inline json_t *data_of(const char *text)
{
	struct error err = { 0 };
	json_t *data = json_parse(text, strlen(text), "data", &any_data, &err);

	cr_assert(data, "%s %s", err.what, err.where);
	return data;
}

/* A partial from a JSON object of texts, which is the context. */
static inline bool partial_of_object(void *context, const char *name,
	const char **text, size_t *size, struct error *err)
{
	const json_t *found = json_object_get(context, name);

	(void)err;
	*text = json_string_value(found);
	*size = json_string_length(found);
	return true;
}

static inline bool renders(const char *text, const char *data_text,
	const struct template_options *options, struct buf *out,
	struct error *err)
{
	JSON_SCOPED json_t *data = data_of(data_text);

	return template_render(text, strlen(text), data, options, out, err);
}

static inline void check_rendered(enum escaping escaping, const char *text,
	const char *data, const char *expected)
{
	struct template_options options = { .name = "t", .escaping = escaping };
	struct error err = { 0 };
	SCOPED(buf) struct buf out = BUF(TEMPLATE_OUTPUT_LIMIT);

	cr_assert(renders(text, data, &options, &out, &err), "%s: %s %s", text,
		err.what, err.where);
	cr_assert_str_eq(buf_cstring(&out), expected, "%s with %s: got\n%s",
		text, data, buf_cstring(&out));
}

static inline void check_refused(const struct template_options *options,
	const char *text, const char *data, const char *where, const char *what)
{
	struct error err = { 0 };
	SCOPED(buf) struct buf out = BUF(TEMPLATE_OUTPUT_LIMIT);

	buf_text(&out, "kept");
	cr_assert(!renders(text, data, options, &out, &err), "%.200s", text);
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert_str_eq(err.where, where, "%.200s: %s at %s", text, err.what,
		err.where);
	cr_assert(strstr(err.what, what), "%.200s: %s", text, err.what);
	cr_assert_str_eq(buf_cstring(&out), "kept");
}

#endif
