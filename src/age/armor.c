/* SPDX-License-Identifier: MIT */
#include "age/armor_internal.h"

#include "age/base64_internal.h"
#include "base/i18n.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

#define ARMOR_BEGIN "-----BEGIN AGE ENCRYPTED FILE-----"
#define ARMOR_END "-----END AGE ENCRYPTED FILE-----"

/* Where reading stands; the line is what was read last. */
struct lines {
	const char *at;
	const char *end;
	const char *line;
	size_t size; /* of the line, without its end */
	size_t number;
};

static bool next_line(struct lines *lines)
{
	if (lines->at == lines->end)
		return false;
	size_t left = (size_t)(lines->end - lines->at);
	const char *newline = memchr(lines->at, '\n', left);

	lines->line = lines->at;
	lines->size = newline ? (size_t)(newline - lines->at) : left;
	lines->at += lines->size + (newline != NULL);
	lines->number++;
	if (lines->size && lines->line[lines->size - 1] == '\r')
		lines->size--;
	return true;
}

/* `text` has a place for the line's number. */
#define REFUSE(lines, text, err)                                               \
	error_set((err), STATUS_INVALID, (text), (lines)->number)

bool armor_is_used(const char *bytes, size_t size)
{
	return slice_begins(
		slice_trimmed((struct slice){ bytes, size }), "-----BEGIN");
}

bool armor_is_age(const char *bytes, size_t size)
{
	return slice_begins(
		slice_trimmed((struct slice){ bytes, size }), ARMOR_BEGIN);
}

static bool read_begin(struct lines *lines, struct error *err)
{
	while (next_line(lines))
		if (!slice_is_blank((struct slice){ lines->line, lines->size }))
			return text_is(lines->line, lines->size, ARMOR_BEGIN) ||
				error_set(err, STATUS_INVALID,
					_("line %zu of the age armor is not "
					  "%s"),
					lines->number, ARMOR_BEGIN);
	return error_set(err, STATUS_INVALID, _("the age armor is empty"));
}

/* Data lines up to the end line, which is the current one afterwards. */
static bool read_data(struct lines *lines, struct buf *out, struct error *err)
{
	bool last = false;

	while (next_line(lines)) {
		unsigned char bytes[BASE64_LINE_SIZE];
		size_t size;

		if (text_is(lines->line, lines->size, ARMOR_END))
			return true;
		if (last)
			return error_set(err, STATUS_INVALID,
				_("line %zu of the age armor is not %s"),
				lines->number, ARMOR_END);
		if (lines->size == 0)
			return REFUSE(lines,
				_("line %zu of the age armor is empty"), err);
		if (!base64_decode_line(BASE64_PADDED, lines->line, lines->size,
			    bytes, &size))
			return REFUSE(lines,
				_("line %zu of the age armor is not canonical "
				  "Base64 of at most 64 columns"),
				err);
		buf_append(out, bytes, size);
		last = size < BASE64_LINE_SIZE;
	}
	return error_set(err, STATUS_INVALID,
		_("the age armor is cut off: its last line, %s, is missing"),
		ARMOR_END);
}

bool armor_decode(
	const char *bytes, size_t size, struct buf *out, struct error *err)
{
	struct lines lines = { .at = bytes, .end = bytes + size };

	if (!read_begin(&lines, err) || !read_data(&lines, out, err))
		return false;
	if (!slice_is_blank((struct slice){
		    lines.at, (size_t)(lines.end - lines.at) })) {
		lines.number++;
		return REFUSE(&lines,
			_("line %zu, after the end of the age armor, is not "
			  "blank"),
			err);
	}
	if (buf_failed(out))
		return error_set(
			err, STATUS_INVALID, _("the age armor is too large"));
	return true;
}

void armor_encode(const char *bytes, size_t size, struct buf *out)
{
	buf_text(out, ARMOR_BEGIN "\n");
	while (size) {
		size_t now = size < BASE64_LINE_SIZE ? size : BASE64_LINE_SIZE;

		base64_encode_line(
			BASE64_PADDED, (const unsigned char *)bytes, now, out);
		buf_byte(out, '\n');
		bytes += now;
		size -= now;
	}
	buf_text(out, ARMOR_END "\n");
}
