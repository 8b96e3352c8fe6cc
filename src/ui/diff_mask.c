/* SPDX-License-Identifier: MIT */
#include "ui/diff_internal.h"

#include "base/text.h"
#include "os/secret.h"

#include <string.h>

/* Shorter values are found in every other word. */
#define LEAST_SECRET 4

/* The secret that stands at `text`, or NULL; the longest where several do. */
static const struct diff_secret *secret_at(
	const struct diff *diff, const char *text, size_t size)
{
	const struct diff_secret *found = NULL;

	for (size_t i = 0; i < diff->secret_count; i++) {
		const struct diff_secret *secret = &diff->secrets[i];
		if (secret->size < LEAST_SECRET || secret->size > size ||
			memcmp(text, secret->value, secret->size) != 0)
			continue;
		if (!found || secret->size > found->size)
			found = secret;
	}
	return found;
}

static void append_masked(struct buf *out, const char *value, size_t size)
{
	char mask[SECRET_MASK_SIZE];

	secret_mask(value, size, mask);
	buf_text(out, mask);
}

static void append_without_secrets(
	const struct diff *diff, const char *text, size_t size, struct buf *out)
{
	for (size_t at = 0; at < size;) {
		const struct diff_secret *secret =
			secret_at(diff, text + at, size - at);
		if (secret) {
			append_masked(out, secret->value, secret->size);
			at += secret->size;
		} else {
			buf_byte(out, text[at++]);
		}
	}
}

/* Where blanks end, at or after `at`. */
static size_t skip_blanks(const char *line, size_t size, size_t at)
{
	while (at < size && (line[at] == ' ' || line[at] == '\t'))
		at++;
	return at;
}

static bool is_name_byte(char byte)
{
	return text_is_alphanumeric(byte) || byte == '_' || byte == '.' ||
		byte == '-';
}

/*
 * The value of an assignment, also of one that is commented out: returns where
 * it begins, and the name; 0 where the line is none.
 */
static size_t find_value(
	const char *line, size_t size, const char **name, size_t *name_size)
{
	size_t at = skip_blanks(line, size, 0);

	while (at < size && line[at] == '#')
		at = skip_blanks(line, size, at + 1);
	if (size - at > 7 && memcmp(line + at, "export ", 7) == 0)
		at = skip_blanks(line, size, at + 7);
	size_t start = at;
	while (at < size && is_name_byte(line[at]))
		at++;
	*name = line + start;
	*name_size = at - start;
	at = skip_blanks(line, size, at);
	if (*name_size == 0 || at == size ||
		(line[at] != '=' && line[at] != ':'))
		return 0;
	return at + 1;
}

static bool is_plain(const struct diff *diff, const char *name, size_t size)
{
	const char *const *plain = diff->plain_names;

	for (; plain && *plain; plain++) {
		if (text_is(name, size, *plain))
			return true;
	}
	return false;
}

/* The value without its quotes, so that the mask shows its own last bytes. */
static void append_masked_value(struct buf *out, const char *value, size_t size)
{
	while (size && text_is_space(value[size - 1]))
		size--;
	if (size >= 2 && (value[0] == '"' || value[0] == '\'') &&
		value[size - 1] == value[0]) {
		value++;
		size -= 2;
	}
	if (size)
		append_masked(out, value, size);
}

static void append_assignment(
	const struct diff *diff, const char *line, size_t size, struct buf *out)
{
	const char *name = NULL;
	size_t name_size = 0;
	size_t first = skip_blanks(line, size, 0);
	size_t value = find_value(line, size, &name, &name_size);

	if (value && !is_plain(diff, name, name_size)) {
		append_without_secrets(diff, line, value, out);
		append_masked_value(out, line + value, size - value);
	} else if (value || first == size || line[first] == '#') {
		append_without_secrets(diff, line, size, out);
	} else {
		append_masked(out, "", 0);
	}
}

void diff_mask_line(
	const struct diff *diff, const char *line, size_t size, struct buf *out)
{
	if (size && line[size - 1] == '\r')
		size--;
	if (diff->assignments)
		append_assignment(diff, line, size, out);
	else
		append_without_secrets(diff, line, size, out);
}
