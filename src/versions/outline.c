/* SPDX-License-Identifier: MIT */
#include "versions/outline.h"

#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "settings/key.h"
#include "settings/value.h"

#include <inttypes.h>
#include <string.h>

/* Of a file that may be anything: what is not as it should be is "?". */
static const char *text_of(const json_t *object, const char *member)
{
	const char *text = json_text(object, member);

	return text ? text : "?";
}

static int64_t number_of(const json_t *object, const char *member)
{
	return json_number(object, member);
}

/* A line break in a name or text would pretend to be a line of its own. */
static void end_line(struct buf *out, size_t start)
{
	for (size_t i = start; i < out->size; i++)
		if (out->data[i] == '\n' || out->data[i] == '\r')
			out->data[i] = ' ';
	buf_byte(out, '\n');
}

/* One profile */

struct outline {
	const char *profile;
	struct buf *out; /* borrowed */
};

static void add_setting(void *context, const char *key, const json_t *value)
{
	const struct outline *outline = context;
	size_t start = outline->out->size;

	buf_printf(outline->out, "%s: %s = ", outline->profile, key);
	settings_format_line(value, outline->out);
	end_line(outline->out, start);
}

static void add_recipient(const struct outline *outline, const char *name,
	const json_t *recipient)
{
	const char *age = text_of(recipient, "age");
	size_t start = outline->out->size;

	buf_printf(outline->out, "%s: recipient %s: ", outline->profile, name);
	if (json_object_get(recipient, "sign"))
		buf_printf(outline->out,
			"writer since generation %" PRId64 ", %s",
			number_of(recipient, "gen"), age);
	else
		buf_printf(outline->out, "reader, %s", age);
	end_line(outline->out, start);
}

static void add_slot(const struct outline *outline, const char *name,
	const char *slot, const json_t *value)
{
	const char *expires = json_text(value, "expires");
	size_t start = outline->out->size;

	buf_printf(outline->out,
		"%s: secret %s: %s value of generation %" PRId64 ", set %s",
		outline->profile, name, slot, number_of(value, "gen"),
		text_of(value, "at"));
	if (expires)
		buf_printf(outline->out, ", expires %s", expires);
	end_line(outline->out, start);
}

static void add_secret(
	const struct outline *outline, const char *name, const json_t *secret)
{
	static const char *const slots[] = { "current", "pending", "previous" };
	const json_t *rotation = json_object_get(secret, "rotation");
	size_t start = 0;

	for (size_t i = 0; i < ARRAY_SIZE(slots); i++) {
		const json_t *value = json_object_get(secret, slots[i]);
		if (value)
			add_slot(outline, name, slots[i], value);
	}
	if (!rotation)
		return;
	start = outline->out->size;
	buf_printf(outline->out, "%s: secret %s: rotation is %s",
		outline->profile, name, text_of(rotation, "step"));
	end_line(outline->out, start);
}

typedef void add_member(
	const struct outline *outline, const char *name, const json_t *value);

static void add_sorted(
	const struct outline *outline, json_t *object, add_member *add)
{
	OWNED const char **names = json_sorted_names(object);

	for (size_t i = 0; i < json_object_size(object); i++)
		add(outline, names[i], json_object_get(object, names[i]));
}

/* settings_in_order would need settings that are right. */
static json_t *sorted_copy(json_t *object)
{
	json_t *sorted = json_new_object();
	OWNED const char **names = json_sorted_names(object);

	for (size_t i = 0; i < json_object_size(object); i++) {
		json_t *value = json_object_get(object, names[i]);
		json_put(sorted, names[i],
			json_is_object(value) ? sorted_copy(value)
					      : json_incref(value));
	}
	return sorted;
}

static void add_profile(
	const struct outline *outline, const char *name, const json_t *profile)
{
	struct outline inner = { name, outline->out };
	const json_t *sealed = json_object_get(profile, "sealed");
	size_t start = inner.out->size;
	JSON_SCOPED json_t *settings =
		sorted_copy(json_object_get(profile, "settings"));

	buf_printf(inner.out,
		"%s: generation %" PRId64 ", sealed %s by %s, data key %s",
		name, number_of(sealed, "generation"), text_of(sealed, "at"),
		text_of(sealed, "by"),
		text_of(json_object_get(profile, "key"), "id"));
	end_line(inner.out, start);
	settings_each(settings, add_setting, &inner);
	add_sorted(
		&inner, json_object_get(profile, "recipients"), add_recipient);
	add_sorted(&inner, json_object_get(profile, "secrets"), add_secret);
}

/* Text that is no vault */

static bool is_base64_byte(char byte)
{
	return text_is_alphanumeric(byte) || byte == '+' || byte == '/' ||
		byte == '=';
}

/* The longest that is shown: an account ID, a time. */
#define SHOWN_RUN 40

static void add_without_data(const char *line, struct buf *out)
{
	while (*line) {
		size_t run = 0;
		while (is_base64_byte(line[run]))
			run++;
		if (run > SHOWN_RUN)
			buf_text(out, "...");
		else
			buf_append(out, line, run ? run : 1);
		line += run ? run : 1;
	}
	buf_byte(out, '\n');
}

static bool is_marker(const char *line)
{
	return text_fits_any(line, text_starts_with,
		WORDS("<<<<<<<", "|||||||", "=======", ">>>>>>>"));
}

/* Lines of a wrapped key may be short: all between its ends are left out. */
static void add_plain_lines(const char *text, size_t size, struct buf *out)
{
	bool in_armor = false;

	for (size_t at = 0; at < size; at++) {
		const char *stop = memchr(text + at, '\n', size - at);
		size_t length = stop ? (size_t)(stop - text) - at : size - at;
		char *line = memory_copy(text + at, length);
		bool begins = strstr(line, "-----BEGIN ") != NULL;
		bool ends = strstr(line, "-----END ") != NULL;
		if (begins || ends || !in_armor || is_marker(line))
			add_without_data(line, out);
		in_armor = (in_armor || begins) && !ends;
		memory_free(line, length);
		at += length;
	}
}

static bool is_vault(const json_t *root)
{
	return json_is_object(json_object_get(root, "profiles")) &&
		json_object_get(root, "aigenv");
}

void outline_format(const char *text, size_t size, struct buf *out)
{
	static const struct json_limits limits = { .depth = 64,
		.any_value = true,
		.reals = true,
		.nulls = true,
		.controls = true };
	const struct outline outline = { NULL, out };
	struct error ignored; /* what it says has words of the text in it */

	if (size == 0)
		return;
	JSON_SCOPED json_t *root =
		json_parse(text, size, "", &limits, &ignored);
	if (!is_vault(root)) {
		buf_text(out, OUTLINE_NO_VAULT);
		add_plain_lines(text, size, out);
		return;
	}
	buf_printf(out, "vault %s, format %" PRId64 "\n",
		text_of(root, "vault"), number_of(root, "aigenv"));
	add_sorted(&outline, json_object_get(root, "profiles"), add_profile);
}
