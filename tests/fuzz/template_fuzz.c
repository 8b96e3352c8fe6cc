/* SPDX-License-Identifier: MIT */
/*
 * The first byte chooses the format, the rest up to a NUL is the template, what
 * follows the value of `v`. Besides not crashing: whatever the value, it stays
 * one string of the format and reads back the same.
 */
#include "base/text.h"
#include "fuzz.h"
#include "template/template_internal.h"

#include <string.h>

static bool itself(void *context, const char *name, const char **text,
	size_t *size, struct error *err)
{
	(void)name;
	(void)err;
	*text = context;
	*size = strlen(context);
	return true;
}

/* Any template over data that has every type. */
static void render_anything(
	enum escaping escaping, const char *text, const char *value)
{
	SCOPED(buf) struct buf out = BUF(1u << 16);
	struct error err = { 0 };
	struct template_options options = {
		.name = "fuzz",
		.escaping = escaping,
		.strict = strlen(text) % 2,
		.partial = itself,
		.context = (void *)(uintptr_t)text,
	};
	json_t *data = json_pack("{s:s, s:[i,b,n,f,s], s:{s:s}}", "v", value,
		"l", 1, 1, 0.5, value, "o", "k", value);

	if (!data)
		return;
	if (!template_render(text, strlen(text), data, &options, &out, &err)) {
		FUZZ_CHECK(err.status == STATUS_INVALID);
		FUZZ_CHECK(strncmp(err.where, "fuzz", 4) == 0 || err.where[0]);
		FUZZ_CHECK(out.size == 0);
	}
	json_decref(data);
}

/* "..." with every inner quote and line break escaped. */
static void check_quoted(const struct buf *out)
{
	FUZZ_CHECK(out->size >= 2 && out->data[0] == '"');
	for (size_t i = 1; i + 1 < out->size; i++) {
		unsigned char byte = (unsigned char)out->data[i];
		FUZZ_CHECK(byte >= 0x20 && byte != '"');
		if (byte == '\\')
			i++;
		FUZZ_CHECK(i + 1 < out->size);
	}
	FUZZ_CHECK(out->data[out->size - 1] == '"');
}

static void check_json(const struct buf *out, const char *value, size_t size)
{
	json_t *read = json_loadb(
		out->data, out->size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

	FUZZ_CHECK(json_is_string(read));
	FUZZ_CHECK(json_string_length(read) == size);
	FUZZ_CHECK(memcmp(json_string_value(read), value, size) == 0);
	json_decref(read);
}

/* As a shell reads a word that starts with a quote. */
static void check_sh(const struct buf *out, const char *value, size_t size)
{
	SCOPED(buf) struct buf read = BUF(1u << 20);
	bool quoted = false;

	for (size_t i = 0; i < out->size; i++) {
		if (out->data[i] == '\'') {
			quoted = !quoted;
			continue;
		}
		if (!quoted) {
			FUZZ_CHECK(out->data[i] == '\\');
			i++;
			FUZZ_CHECK(i < out->size && out->data[i] == '\'');
		}
		buf_byte(&read, out->data[i]);
	}
	FUZZ_CHECK(!quoted && read.size == size);
	FUZZ_CHECK(memcmp(buf_cstring(&read), value, size) == 0);
}

static void check_js(const struct buf *out)
{
	check_quoted(out);
	FUZZ_CHECK(!strchr(out->data, '<') && !strchr(out->data, '\''));
	FUZZ_CHECK(!strchr(out->data, '`') && !strstr(out->data, "*/"));
	FUZZ_CHECK(!strstr(out->data, "${"));
	FUZZ_CHECK(!strstr(out->data, "\xe2\x80\xa8"));
}

static void escape_anything(const char *value, size_t size)
{
	for (int i = 0; i < ESCAPE_COUNT; i++) {
		SCOPED(buf) struct buf out = BUF(1u << 20);
		struct error err = { 0 };
		enum escaping escaping = (enum escaping)i;
		const struct style style = { escaping, 0, NULL };
		if (!style_escape(style, "v", value, size, &out, &err)) {
			FUZZ_CHECK(escaping >= ESCAPE_ENV);
			FUZZ_CHECK(escaping == ESCAPE_ENV ||
				memchr(value, 0, size) ||
				!text_is_utf8(value, size));
			continue;
		}
		if (escaping == ESCAPE_JSON)
			check_json(&out, value, size);
		if (escaping == ESCAPE_YAML)
			check_quoted(&out);
		if (escaping == ESCAPE_JS)
			check_js(&out);
		if (escaping == ESCAPE_SH)
			check_sh(&out, value, size);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size < 1 || size > 4096)
		return 0;
	char *text = malloc(size);
	if (!text)
		return 0;
	memcpy(text, bytes + 1, size - 1);
	text[size - 1] = '\0';
	size_t used = strlen(text);
	const char *value = used + 1 < size ? text + used + 1 : text;

	render_anything((enum escaping)(bytes[0] % ESCAPE_COUNT), text, value);
	escape_anything(value, used + 1 < size ? size - used - 2 : used);
	free(text);
	return 0;
}
