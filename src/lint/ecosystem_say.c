/* SPDX-License-Identifier: MIT */
/* Where in an ecosystem file a finding is, what of it is shown, and whether a
 * comment silences it. */
#include "lint/ecosystem_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "import/import.h"

bool looking_is_variable(const struct property *property)
{
	return slice_is(property->owner, "env") ||
		slice_begins(property->owner, "env_");
}

static struct slice line_at(const struct subject *subject, size_t start)
{
	struct slice rest = { subject->bytes + start, subject->size - start };

	rest.size = slice_find(rest, '\n');
	return rest;
}

bool looking_is_silent(
	const struct looking *looking, size_t at, enum rule_id rule)
{
	const struct subject *subject = looking->subject;
	bool silent[RULE_COUNT] = { false };
	size_t start = text_line_start(subject->bytes, at);

	(void)lint_directive(
		line_at(subject, start), looking->comment, silent, NULL);
	if (start > 0) {
		struct slice above = line_at(
			subject, text_line_start(subject->bytes, start - 1));
		if (slice_begins(slice_trimmed(above), looking->comment))
			(void)lint_directive(
				above, looking->comment, silent, NULL);
	}
	return silent[rule];
}

/* `name: value`, the value hidden where it may be a secret. Owned. */
static char *excerpt_of(const struct property *property, bool hidden)
{
	struct buf out = BUF(4096);
	struct slice value = slice_first(property->value, SHOWN_LIMIT);
	struct slice name = slice_first(property->name, SHOWN_LIMIT);

	buf_printf(&out, "%.*s: ", (int)name.size, name.at);
	if (hidden)
		buf_text(&out, BULLETS);
	else if (property->kind == PROPERTY_TEXT)
		buf_printf(&out, "\"%.*s\"", (int)value.size, value.at);
	else
		buf_append(&out, value.at, value.size);
	for (size_t i = 0; i < out.size; i++)
		if ((unsigned char)out.data[i] < ' ')
			out.data[i] = ' ';
	return buf_take(&out, NULL);
}

bool looking_is_hidden(const struct property *property)
{
	OWNED char *name = slice_text(property->name);
	char *value = slice_text(property->value);
	bool secret = import_is_secret(name, value);

	memory_free(value, property->value.size);
	return secret;
}

struct place looking_place(struct looking *looking, size_t at)
{
	const char *bytes = looking->subject->bytes;
	struct place *seen = &looking->seen;

	if (at < looking->seen_at || seen->line == 0) {
		*seen = (struct place){ .line = 1, .column = 1, .caret = 1 };
		looking->seen_at = 0;
	}
	for (; looking->seen_at < at; looking->seen_at++) {
		char byte = bytes[looking->seen_at];
		seen->line += byte == '\n';
		seen->column = byte == '\n'
			? 1
			: seen->column + (((unsigned char)byte & 0xc0) != 0x80);
	}
	return *seen;
}

struct finding *looking_say(struct looking *looking, enum rule_id rule,
	const struct property *property, const char *format, ...)
{
	const size_t at = (size_t)(property->name.at - looking->subject->bytes);
	va_list values;

	if (looking_is_silent(looking, at, rule))
		return NULL;
	struct place place = looking_place(looking, at);
	place.excerpt = excerpt_of(property,
		rule == RULE_ECOSYSTEM_SECRET || looking_is_hidden(property));
	va_start(values, format);
	struct finding *finding =
		report_vadd(looking->report, rule, &place, format, values);
	va_end(values);
	return finding;
}
