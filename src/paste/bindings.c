/* SPDX-License-Identifier: MIT */
/* Names that the text itself gives a value, and what refers to a name. */
#include "paste/paste_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

void findings_bind(
	struct findings *findings, struct slice name, const struct buf *value)
{
	if (buf_failed(value) || findings->binding_count >= FINDINGS_LIMIT)
		return;
	/* PowerShell's and PHP's $name goes by its name. */
	name = slice_from(name, slice_begins(name, "$"));
	MEMORY_PUSH(findings->bindings, findings->binding_count,
		(struct binding){
			.name = slice_text(name),
			.value = memory_copy(buf_cstring(value), value->size),
			.size = value->size,
		});
}

const struct binding *findings_find(
	const struct findings *findings, struct slice name)
{
	for (size_t i = findings->binding_count; i > 0; i--) {
		const struct binding *binding = &findings->bindings[i - 1];
		if (slice_is(name, binding->name))
			return binding;
	}
	return NULL;
}

void findings_resolve_or(const struct findings *findings, struct slice name,
	struct slice otherwise, struct buf *out)
{
	const struct binding *binding = findings_find(findings, name);

	if (binding) {
		buf_append(out, binding->value, binding->size);
		return;
	}
	/* The address by default is mostly the provider's own. */
	bool direct = is_address(otherwise) &&
		!slice_contains(otherwise, GATEWAY_HOST);
	if (otherwise.size > 0 && !direct && !is_no_value(otherwise)) {
		buf_append(out, otherwise.at, otherwise.size);
		return;
	}
	buf_text(out, "${");
	buf_append(out, name.at, name.size);
	buf_byte(out, '}');
}

void findings_resolve(
	const struct findings *findings, struct slice name, struct buf *out)
{
	findings_resolve_or(findings, name, (struct slice){ "", 0 }, out);
}

void findings_resolve_expression(
	const struct findings *findings, struct slice text, struct buf *out)
{
	static const struct slice cast = { " as ", 4 };
	const size_t most = slice_find_part(text, cast);
	size_t end = 0;

	/* What follows is a default: `process.env.X ?? "y"`. */
	while (end < most && !strchr("|?,", text.at[end]))
		end++;
	while (end > 0 && !text_is_name_byte(text.at[end - 1]))
		end--;
	size_t start = end;
	while (start > 0 && text_is_name_byte(text.at[start - 1]))
		start--;
	size_t object = start;
	while (object > 0 &&
		(text_is_name_byte(text.at[object - 1]) ||
			text.at[object - 1] == '.'))
		object--;
	const struct slice member = slice_from(slice_first(text, end), object);
	findings_resolve(findings,
		findings_find(findings, member)
			? member
			: slice_from(slice_first(text, end), start),
		out);
}

/* "${{ secrets.NAME }}", as workflows and templates write it: its end, or NULL
 * where it is none. */
static const char *take_expression(const struct findings *findings,
	const char *at, const char *end, struct buf *value)
{
	struct slice text = { at, (size_t)(end - at) };
	size_t stop = 3;

	if (!slice_begins(text, "${{"))
		return NULL;
	while (stop < text.size && text.at[stop] != '\n' &&
		!slice_has_at(text, stop, "}}"))
		stop++;
	if (!slice_has_at(text, stop, "}}"))
		return NULL;
	findings_resolve_expression(
		findings, slice_from(slice_first(text, stop), 3), value);
	return at + stop + 2;
}

/* Of ${NAME:-default} and ${NAME-default}, from behind the name on; what
 * follows :? is a message. */
static struct slice default_of(struct slice rest)
{
	rest = slice_from(rest, slice_begins(rest, ":"));
	return slice_begins(rest, "-") ? slice_from(rest, 1)
				       : slice_first(rest, 0);
}

const char *findings_reference(const struct findings *findings, const char *at,
	const char *end, struct buf *value)
{
	if (!at || at >= end)
		return end;
	const char *behind = take_expression(findings, at, end, value);
	if (behind)
		return behind;
	bool braces = at + 1 < end && at[1] == '{';
	const char *name = at + 1 + braces;
	const char *stop = name;

	while (stop < end && text_is_name_byte(*stop))
		stop++;
	const char *close = stop;
	while (braces && close < end && *close != '}' && *close != '\n')
		close++;
	bool closed = !braces || (close < end && *close == '}');
	if (stop == name || text_is_digit(*name) || !closed) {
		buf_byte(value, *at);
		return at + 1;
	}
	findings_resolve_or(findings,
		(struct slice){ name, (size_t)(stop - name) },
		default_of((struct slice){ stop, (size_t)(close - stop) }),
		value);
	return close + braces;
}
