/* SPDX-License-Identifier: MIT */
/*
 * YAML as configuration files have it: names, values and what is indented below
 * them. No more of the language: texts in blocks, anchors and tags say nothing
 * that is looked for; collections on one line are code's to read.
 */
#include "paste/paste_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <sodium.h>
#include <string.h>

#define LEVELS_LIMIT DEPTH_LIMIT

/* What a line opened: all that is indented deeper is in it. */
struct level {
	size_t indent;
	bool item; /* of a list: the next one may stand as deep */
};

struct yaml {
	struct findings *findings;
	struct level levels[LEVELS_LIMIT];
	size_t depth;
	struct slice listed;  /* the name whose list's items follow */
	struct slice pending; /* the text of `name:` in this item */
	bool secret;          /* kind: Secret, whose `data` is in base64 */
};

static const struct slice nobody = { "", 0 };

/* The bytes of a colon at the front, also a wide one; 0 where there is none.
 * YAML wants a blank behind a narrow one. */
static size_t colon_size(struct slice text)
{
	static const char wide[] = "：";

	if (slice_begins(text, wide))
		return strlen(wide);
	return slice_begins(text, ":") &&
			(text.size == 1 || text_is_blank(text.at[1]))
		? 1
		: 0;
}

static bool is_name_byte(char byte)
{
	return text_is_name_byte(byte) || text_is_wide(byte) ||
		(byte && strchr("-./@ ", byte));
}

/* The name at a line's front ("API key", too); what follows its colon goes to
 * *rest. */
static struct slice take_name(struct slice line, struct slice *rest)
{
	size_t size = 0;
	char quote = line.size ? *line.at : '\0';
	bool quoted = quote == '"' || quote == '\'';

	if (quoted) {
		struct slice inside = slice_from(line, 1);
		size = slice_find(inside, quote);
		*rest = slice_from(inside, size + 1);
		inside.size = size;
		line = inside;
	} else {
		while (size < line.size && is_name_byte(line.at[size]) &&
			colon_size(slice_from(line, size)) == 0)
			size++;
		*rest = slice_from(line, size);
		line = slice_trimmed(slice_first(line, size));
	}
	size_t colon = colon_size(*rest);
	*rest = slice_trimmed(slice_from(*rest, colon));
	return colon ? line : nobody;
}

static struct slice skip_dashes(struct slice line)
{
	while (slice_begins(line, "- "))
		line = slice_skip_blanks(slice_from(line, 2));
	return line;
}

/* Python's `name: str = "..."`: a type, and a value behind it. */
static bool is_annotation(struct slice rest)
{
	size_t size = 0;

	while (size < rest.size &&
		(text_is_name_byte(rest.at[size]) ||
			strchr("[]|. ", rest.at[size])))
		size++;
	return size > 1 && slice_has_at(rest, size, "= ") &&
		text_is_alphanumeric(*rest.at);
}

bool yaml_is(struct slice text)
{
	struct slice line;
	size_t lines = 0;
	size_t good = 0;

	while (slice_take_line(&text, &line)) {
		struct slice rest;
		line = slice_trimmed(line);
		if (line.size == 0 || *line.at == '#' || slice_is(line, "---"))
			continue;
		lines++;
		char last = line.at[line.size - 1];
		bool dashed = slice_begins(line, "- ");
		bool named = take_name(skip_dashes(line), &rest).size > 0;
		/* JavaScript's templates begin so, and no value of YAML. */
		if (named &&
			(slice_begins(slice_skip_blanks(rest), "`") ||
				is_annotation(rest)))
			return false;
		/* A line of YAML does not end as one of code does. */
		good += (named || dashed) && !strchr(";,({", last);
	}
	return good > 0 && good * 3 >= lines * 2;
}

static void open_level(
	struct yaml *yaml, size_t indent, bool item, struct slice name)
{
	if (yaml->depth == LEVELS_LIMIT)
		return;
	yaml->levels[yaml->depth++] =
		(struct level){ .indent = indent, .item = item };
	findings_open(yaml->findings, &(struct opening){ .name = name });
}

/* Leaves what a line at this depth no longer belongs to. A list may stand as
 * deep as the name that it is the value of. */
static void leave_levels(struct yaml *yaml, size_t indent, bool dashed)
{
	while (yaml->depth > 0) {
		const struct level *top = &yaml->levels[yaml->depth - 1];
		if (top->indent < indent ||
			(top->indent == indent && dashed && !top->item))
			return;
		yaml->depth--;
		findings_close(yaml->findings);
	}
}

/* A value on the name's line: quoted, or to the line's end or comment. */
static void read_scalar(
	struct findings *findings, struct slice text, struct buf *value)
{
	char quote = text.size ? *text.at : '\0';
	const char *at = text.at;
	const char *end = text.at + text.size;

	if (quote == '"' || quote == '\'') {
		struct slice inside = slice_from(text, 1);
		at = inside.at;
		end = at + slice_find(inside, quote);
	} else {
		const char *comment = at;
		while (comment < end &&
			!(*comment == '#' && comment > at &&
				text_is_space(comment[-1])))
			comment++;
		end = comment;
		while (end > at && text_is_space(end[-1]))
			end--;
	}
	/* Also in a header: "Bearer os.environ/CF_AIG_TOKEN". */
	struct slice plain =
		without_scheme((struct slice){ at, (size_t)(end - at) });
	static const char *const marks[] = { "os.environ/", "{env:", "!ENV ",
		"%env(" };
	if (slice_fits_any(plain, slice_begins, marks, ARRAY_SIZE(marks))) {
		findings_resolve_expression(findings, plain, value);
		return;
	}
	while (at < end) {
		if (*at == '$' &&
			(quote != '\'' ||
				is_shell_variable((struct slice){
					at, (size_t)(end - at) })))
			at = findings_reference(findings, at, end, value);
		else
			buf_byte(value, *at++);
	}
}

/* A command, or prose. */
static void read_text(struct findings *findings, struct slice text)
{
	SCOPED(buf) struct buf plain = BUF(2 * VALUE_LIMIT + 2);

	plain_read(text, &plain);
	text = (struct slice){ buf_cstring(&plain), plain.size };
	if (env_is(text))
		env_read(findings, text);
	else
		code_read(findings, text);
}

/* `- name: OPENAI_API_KEY` and `value: ...` below it, as containers have it. */
static bool take_pair(
	struct yaml *yaml, struct slice name, const struct buf *value)
{
	const struct findings *findings = yaml->findings;
	const char *group = findings->scopes[findings->scope].name;
	/* OPENAI_BASE_URL: and `value: ...` below it, as GitLab has it. */
	const struct slice variable = yaml->pending.size > 0 ? yaml->pending
		: group && text_is_upper(*group)             ? slice_of(group)
							     : nobody;

	if (!slice_is(name, "value") || variable.size == 0)
		return false;
	findings_variable(yaml->findings, variable, value, 0);
	findings_bind(yaml->findings, variable, value);
	yaml->pending = nobody;
	return true;
}

/* `valueFrom:` below the name, Render's `sync: false`: a secret that the
 * service has. */
static void take_secret_reference(struct yaml *yaml)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	findings_resolve(yaml->findings, yaml->pending, &value);
	findings_variable(yaml->findings, yaml->pending, &value, 0);
	yaml->pending = nobody;
}

static bool in_group(const struct findings *findings, const char *name)
{
	return text_equal_or_null(findings->scopes[findings->scope].name, name);
}

/* Base64 as what it stands for; what is none stays. */
static void decode(struct buf *value)
{
	unsigned char bytes[VALUE_LIMIT];
	size_t size = 0;

	if (sodium_base642bin(bytes, sizeof(bytes), buf_cstring(value),
		    value->size, "\n", &size, NULL,
		    sodium_base64_VARIANT_ORIGINAL) == 0 &&
		size > 0 && !memchr(bytes, '\0', size)) {
		buf_clear(value);
		buf_append(value, (const char *)bytes, size);
	}
	sodium_memzero(bytes, sizeof(bytes));
}

static void take_value(struct yaml *yaml, struct slice name, struct slice rest)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
	struct findings *findings = yaml->findings;

	read_scalar(findings, rest, &value);
	if (slice_is(name, "kind"))
		yaml->secret = slice_is(slice_trimmed(rest), "Secret");
	if (yaml->secret && in_group(findings, "data"))
		decode(&value);
	if (slice_is(name, "name") || slice_is(name, "key"))
		yaml->pending = without_quotes(rest);
	if (take_pair(yaml, name, &value))
		return;
	if (slice_is(name, "sync") && yaml->pending.size > 0) {
		take_secret_reference(yaml);
		return;
	}
	const char *group = findings->scopes[findings->scope].name;
	enum role role = role_within(group, name);
	struct slice text = { buf_cstring(&value), value.size };
	if (text_equal_or_null(group, "model") &&
		findings_is_model_member(name))
		role = ROLE_MODEL;
	if (slice_is(name, "name") &&
		findings_is_within(findings, findings->scope, "models"))
		role = ROLE_MODEL_NAME;
	if (role == ROLE_NONE && is_address(text))
		role = ROLE_MENTION;
	if (role == ROLE_NONE)
		role = is_reference_to_key(text) ? ROLE_KEY
						 : role_by_value(name, text);
	/* payload: '{"model": "gpt-5"}' */
	if (role == ROLE_NONE && slice_begins(text, "{\"")) {
		code_read(findings, text);
		return;
	}
	/* Auth: cf-aig-authorization: Bearer ... */
	if (role == ROLE_NONE && slice_contains(text, ": ") &&
		findings_header(findings, text))
		return;
	/* run: OPENAI_BASE_URL=https://... node app.js; prose with one in it */
	if (role == ROLE_NONE && slice_contains(text, "://")) {
		read_text(findings, text);
		return;
	}
	findings_add(findings, role, &value, name);
	if (value.size > 0)
		findings_bind(findings, name, &value);
}

/* An item without a name: a model in a list of them, NAME=VALUE, a header. */
static void take_item(struct yaml *yaml, struct slice text)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	read_scalar(yaml->findings, text, &value);
	struct slice item = { buf_cstring(&value), value.size };
	/* - 'NAME=value'; without quotes the reader of an .env has its own. */
	bool quoted = strchr("\"'", *text.at) != NULL;
	if (env_is(quoted ? item : text)) {
		env_read(yaml->findings, quoted ? item : text);
		return;
	}
	if (findings_header(yaml->findings, item))
		return;
	if (is_address(item))
		findings_add(yaml->findings, ROLE_MENTION, &value,
			slice_of("address"));
	else if (slice_is(yaml->listed, "models") ||
		slice_is(yaml->listed, "model"))
		findings_add(yaml->findings, ROLE_MODEL, &value, yaml->listed);
	/* secret: [OPENAI_API_KEY], and what a container gets from outside. */
	else if (role_of(item) == ROLE_KEY && text_is_upper(*item.at))
		findings_add(yaml->findings, ROLE_KEY, &value, item);
	else if (slice_contains(item, "://"))
		read_text(yaml->findings, item);
}

/* `models:` may have its list below `default:`. */
static void name_list(struct yaml *yaml, struct slice name)
{
	if (!slice_is(name, "default"))
		yaml->listed = name;
}

/* Takes the next item off the front: up to a comma that is in no quotes. */
static struct slice take_flow_item(struct slice *items)
{
	char quote = '\0';
	size_t size = 0;

	for (; size < items->size; size++) {
		char byte = items->at[size];
		if (byte == ',' && !quote)
			break;
		if (byte == quote)
			quote = '\0';
		else if (!quote && (byte == '"' || byte == '\''))
			quote = byte;
	}
	const struct slice item = slice_trimmed(slice_first(*items, size));
	*items = slice_from(*items, size + 1);
	return item;
}

/* Whether each item is "name: value", as JSON without blanks is not. */
static bool is_map(struct slice items)
{
	while (items.size > 0) {
		struct slice rest;
		const struct slice item = take_flow_item(&items);
		if (item.size > 0 && take_name(item, &rest).size == 0)
			return false;
	}
	return true;
}

static void take_map(struct yaml *yaml, struct slice name, struct slice items)
{
	findings_open(yaml->findings, &(struct opening){ .name = name });
	while (items.size > 0) {
		struct slice rest;
		const struct slice item = take_flow_item(&items);
		if (item.size > 0)
			take_value(yaml, take_name(item, &rest), rest);
	}
	findings_close(yaml->findings);
}

/* models: [gpt-5, gpt-5-mini], headers: {a: b}; false where there is more in
 * it, or it goes on below. */
static bool take_flow(struct yaml *yaml, struct slice name, struct slice rest)
{
	struct slice items = slice_trimmed(rest);
	const bool list = slice_begins(items, "[") && slice_ends(items, "]");
	const bool map = slice_begins(items, "{") && slice_ends(items, "}");

	if (!list && !map)
		return false;
	items = slice_from(slice_first(items, items.size - 1), 1);
	if (slice_find(items, '{') < items.size ||
		slice_find(items, '[') < items.size || (map && !is_map(items)))
		return false;
	if (map) {
		take_map(yaml, name, items);
		return true;
	}
	name_list(yaml, name);
	while (items.size > 0) {
		const struct slice item = take_flow_item(&items);
		if (item.size > 0)
			take_item(yaml, item);
	}
	return true;
}

static void read_line(struct yaml *yaml, struct slice line)
{
	struct slice text = line;
	struct slice rest;

	/* YAML has no tabs here; comments that show some of it do. */
	text = slice_skip_blanks(text);
	size_t indent = line.size - text.size;
	bool dashed = slice_begins(text, "- ");
	leave_levels(yaml, indent, dashed);
	while (slice_begins(text, "- ")) {
		open_level(yaml, indent, true, nobody);
		yaml->pending = nobody;
		text = slice_skip_blanks(slice_from(text, 2));
		indent = line.size - text.size;
	}
	text = slice_trimmed(text);
	struct slice name = take_name(text, &rest);
	bool below = rest.size == 0 || *rest.at == '|' || *rest.at == '>' ||
		*rest.at == '#' || *rest.at == '&';
	/* models: [...], and - { name: OPENAI_API_KEY, value: ... } */
	struct slice flow = slice_begins(text, "{") ? text : nobody;
	if (take_flow(yaml, name, name.size > 0 ? rest : flow))
		return;
	if (name.size == 0) {
		take_item(yaml, text);
	} else if (*(rest.size ? rest.at : "") == '{' ||
		*(rest.size ? rest.at : "") == '[') {
		code_read(yaml->findings, (struct slice){ text.at, text.size });
	} else if (below && slice_is(name, "valueFrom") &&
		yaml->pending.size > 0) {
		take_secret_reference(yaml);
		open_level(yaml, indent, false, name);
	} else if (below) {
		name_list(yaml, name);
		open_level(yaml, indent, false, name);
	} else {
		take_value(yaml, name, rest);
	}
}

/* Variables may stand below what reads them: os.environ/NAME. */
static void bind_variables(struct findings *findings, struct slice text)
{
	struct slice line;

	while (slice_take_line(&text, &line)) {
		SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
		struct slice rest;
		struct slice name = take_name(slice_trimmed(line), &rest);
		if (name.size == 0 || !text_is_upper(*name.at) ||
			slice_find(name, '_') == name.size || rest.size == 0 ||
			findings_find(findings, name))
			continue;
		read_scalar(findings, rest, &value);
		findings_bind(findings, name, &value);
	}
}

void yaml_read(struct findings *findings, struct slice text)
{
	struct yaml yaml = { .findings = findings };
	struct slice line;

	bind_variables(findings, text);
	while (slice_take_line(&text, &line)) {
		struct slice first = slice_skip_blanks(line);
		if (first.size > 0 && *first.at != '#' &&
			!slice_is(first, "---"))
			read_line(&yaml, line);
	}
	while (yaml.depth > 0) {
		yaml.depth--;
		findings_close(findings);
	}
}
