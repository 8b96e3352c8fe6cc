/* SPDX-License-Identifier: MIT */
/* From a template's text to its nodes. */
#include "template/template_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <string.h>

struct parser {
	struct parsed_template *parsed;
	enum escaping escaping;
	struct error *err;
	size_t at; /* what is before has become nodes */
	struct slice open, close;
	size_t sections[TEMPLATE_DEPTH_LIMIT]; /* nodes of the open ones */
	size_t depth;
};

/* A tag as it stands in the text. */
struct tag {
	char sigil; /* 0 for a plain name */
	struct slice content;
	size_t start, end;
};

bool template_error_at(
	const struct parsed_template *parsed, size_t offset, struct error *err)
{
	size_t line = 1;
	size_t column = 1;

	for (size_t i = 0; i < offset && i < parsed->size; i++) {
		if (parsed->text[i] == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)parsed->text[i] & 0xc0) != 0x80) {
			column++;
		}
	}
	return error_at(err, "%s:%zu:%zu", parsed->name, line, column);
}

static bool refuse(const struct parser *parser, size_t offset, const char *what)
{
	error_set(parser->err, STATUS_INVALID, "%s", what);
	return template_error_at(parser->parsed, offset, parser->err);
}

/* Where `needle` stands at or after `from`; the text's size for nowhere. */
static size_t find(
	const struct parsed_template *parsed, size_t from, struct slice needle)
{
	while (from + needle.size <= parsed->size) {
		const char *found = memchr(parsed->text + from, needle.at[0],
			parsed->size - from - needle.size + 1);
		if (!found)
			break;
		from = (size_t)(found - parsed->text);
		if (memcmp(found, needle.at, needle.size) == 0)
			return from;
		from++;
	}
	return parsed->size;
}

static size_t word_size(struct slice text)
{
	size_t size = 0;

	while (size < text.size && !text_is_space(text.at[size]))
		size++;
	return size;
}

static struct node *add_node(
	struct parser *parser, enum node_kind kind, size_t offset)
{
	struct parsed_template *parsed = parser->parsed;

	MEMORY_PUSH(parsed->nodes, parsed->count,
		(struct node){ .kind = kind, .offset = offset });
	return &parsed->nodes[parsed->count - 1];
}

static bool is_line_start(const struct parsed_template *parsed, size_t offset)
{
	return offset == 0 || parsed->text[offset - 1] == '\n';
}

static void add_text(struct parser *parser, size_t start, size_t end)
{
	const struct parsed_template *parsed = parser->parsed;
	struct node *node = add_node(parser, NODE_TEXT, start);

	node->text = (struct slice){ parsed->text + start, end - start };
	node->line_start = is_line_start(parsed, start);
}

/* The text from parser->at up to `end`, where a tag may follow in its line. */
static void add_text_before(struct parser *parser, size_t end, bool tag_follows)
{
	if (end > parser->at)
		add_text(parser, parser->at, end);
	/* A partial's indentation goes in front of that tag too. */
	if (tag_follows && is_line_start(parser->parsed, end))
		add_text(parser, end, end);
}

/* Sets tag->sigil, content and end from what follows the opening delimiter. */
static bool read_tag(struct parser *parser, struct tag *tag)
{
	const struct parsed_template *parsed = parser->parsed;
	size_t content = tag->start + parser->open.size;
	/* The text has no NUL, which strchr would find. */
	const char *sigil = content < parsed->size
		? strchr("#^/>&{!=<$", parsed->text[content])
		: NULL;
	char closing[TEMPLATE_NAME_LIMIT + 1];
	size_t extra = 0;

	tag->sigil = sigil ? *sigil : 0;
	if (sigil)
		content++;
	if (tag->sigil == '{' || tag->sigil == '=') {
		closing[0] = tag->sigil == '{' ? '}' : '=';
		extra = 1;
	}
	memcpy(closing + extra, parser->close.at, parser->close.size);
	struct slice end = { closing, extra + parser->close.size };
	size_t found = find(parsed, content, end);
	if (found == parsed->size) {
		refuse(parser, tag->start, _("this tag is not closed"));
		return error_next(parser->err, _("end it with %.*s"),
			(int)end.size, end.at);
	}
	tag->content = slice_trimmed(
		(struct slice){ parsed->text + content, found - content });
	tag->end = found + end.size;
	return true;
}

static bool check_name(struct parser *parser, const struct tag *tag)
{
	struct slice name = tag->content;

	if (name.size == 0)
		return refuse(parser, tag->start, _("this tag has no name"));
	if (name.size > TEMPLATE_NAME_LIMIT)
		return refuse(parser, tag->start, _("this name is too long"));
	if (word_size(name) < name.size)
		return refuse(
			parser, tag->start, _("a name in a tag has no blanks"));
	if (tag->sigil == '>' || slice_is(name, "."))
		return true;
	for (size_t i = 0; i < name.size; i++) {
		bool edge = i == 0 || i + 1 == name.size;
		if (name.at[i] == '.' && (edge || name.at[i + 1] == '.'))
			return refuse(parser, tag->start,
				_("a part of this dotted name is empty"));
	}
	return true;
}

/* {{=<% %>=}} */
static bool change_delimiters(struct parser *parser, const struct tag *tag)
{
	const char *form = _("new delimiters are two words without \"=\", as "
			     "in {{=<% %>=}}");
	struct slice text = tag->content;
	struct slice open = { text.at, word_size(text) };
	struct slice rest = slice_trimmed(slice_from(text, open.size));
	struct slice close = { rest.at, word_size(rest) };

	if (open.size == 0 || close.size == 0 || close.size < rest.size ||
		memchr(text.at, '=', text.size))
		return refuse(parser, tag->start, form);
	if (open.size >= TEMPLATE_NAME_LIMIT ||
		close.size >= TEMPLATE_NAME_LIMIT)
		return refuse(
			parser, tag->start, _("these delimiters are too long"));
	parser->open = open;
	parser->close = close;
	return true;
}

static bool open_section(
	struct parser *parser, const struct tag *tag, enum node_kind kind)
{
	if (parser->depth == TEMPLATE_DEPTH_LIMIT)
		return refuse(
			parser, tag->start, _("sections are nested too deep"));
	struct node *node = add_node(parser, kind, tag->start);
	node->text = tag->content;
	parser->sections[parser->depth++] = parser->parsed->count - 1;
	return true;
}

static bool close_section(struct parser *parser, const struct tag *tag)
{
	struct parsed_template *parsed = parser->parsed;

	if (parser->depth == 0)
		return refuse(parser, tag->start, _("this closes no section"));
	struct node *section =
		&parsed->nodes[parser->sections[parser->depth - 1]];
	if (section->text.size != tag->content.size ||
		memcmp(section->text.at, tag->content.at, tag->content.size) !=
			0) {
		error_set(parser->err, STATUS_INVALID,
			_("this closes \"%.*s\", but the open section is "
			  "\"%.*s\""),
			(int)tag->content.size, tag->content.at,
			(int)section->text.size, section->text.at);
		return template_error_at(parsed, tag->start, parser->err);
	}
	section->end = parsed->count;
	parser->depth--;
	return true;
}

/* "{{x}}" would become ""value"": the escaper brings the quotes. */
static bool check_quotes(struct parser *parser, const struct tag *tag)
{
	const struct parsed_template *parsed = parser->parsed;

	if (tag->start == 0 || tag->end == parsed->size)
		return true;
	char before = parsed->text[tag->start - 1];
	bool quoted = before == parsed->text[tag->end] && text_is_quote(before);
	if (!quoted ||
		(!escaping_is_structured(parser->escaping) &&
			parser->escaping != ESCAPE_ENV))
		return true;
	refuse(parser, tag->start,
		_("a tag stands for a whole value, quotes included"));
	return error_next(parser->err, _("remove the quotes around this tag"));
}

static bool add_value(struct parser *parser, const struct tag *tag)
{
	bool raw = tag->sigil == '&' || tag->sigil == '{';

	if (raw && parser->escaping != ESCAPE_NONE &&
		parser->escaping != ESCAPE_HTML) {
		error_set(parser->err, STATUS_INVALID,
			_("this tag is not escaped: in %s every value has to "
			  "be"),
			escaping_name(parser->escaping));
		error_next(parser->err, _("write {{%.*s}}"),
			(int)tag->content.size, tag->content.at);
		return template_error_at(
			parser->parsed, tag->start, parser->err);
	}
	if (!check_quotes(parser, tag))
		return false;
	struct node *node =
		add_node(parser, raw ? NODE_RAW : NODE_VALUE, tag->start);
	node->text = tag->content;
	return true;
}

static bool add_partial(
	struct parser *parser, const struct tag *tag, struct slice indent)
{
	if (tag->content.at[0] == '*')
		return refuse(parser, tag->start,
			_("dynamic names are not supported"));
	struct node *node = add_node(parser, NODE_PARTIAL, tag->start);
	node->text = tag->content;
	node->indent = indent;
	return true;
}

static bool add_tag(
	struct parser *parser, const struct tag *tag, struct slice indent)
{
	if (tag->sigil == '!')
		return true;
	if (tag->sigil == '=')
		return change_delimiters(parser, tag);
	if (tag->sigil == '<' || tag->sigil == '$')
		return refuse(parser, tag->start,
			_("inheritance (blocks and parents) is not supported"));
	if (!check_name(parser, tag))
		return false;
	switch (tag->sigil) {
	case '#':
		return open_section(parser, tag, NODE_SECTION);
	case '^':
		return open_section(parser, tag, NODE_INVERTED);
	case '/':
		return close_section(parser, tag);
	case '>':
		return add_partial(parser, tag, indent);
	default:
		return add_value(parser, tag);
	}
}

/*
 * A tag that is alone on its line takes the whole line with it. Gives the
 * blanks before it, and in *after the end of the line.
 */
static bool is_standalone(const struct parser *parser, const struct tag *tag,
	struct slice *indent, size_t *after)
{
	const struct parsed_template *parsed = parser->parsed;
	size_t start = tag->start;
	size_t end = tag->end;

	if (tag->sigil == 0 || tag->sigil == '&' || tag->sigil == '{')
		return false;
	while (start > 0 && text_is_blank(parsed->text[start - 1]))
		start--;
	if (!is_line_start(parsed, start))
		return false;
	while (end < parsed->size && text_is_blank(parsed->text[end]))
		end++;
	if (end + 1 < parsed->size && parsed->text[end] == '\r' &&
		parsed->text[end + 1] == '\n')
		end++;
	if (end < parsed->size && parsed->text[end] != '\n')
		return false;
	*indent = (struct slice){ parsed->text + start, tag->start - start };
	*after = end < parsed->size ? end + 1 : end;
	return true;
}

static bool parse_tag(struct parser *parser, size_t start)
{
	struct tag tag = { .start = start };
	struct slice indent = { 0 };

	if (!read_tag(parser, &tag))
		return false;
	size_t after = tag.end;
	bool standalone = is_standalone(parser, &tag, &indent, &after);
	add_text_before(parser, start - indent.size, !standalone);
	if (!add_tag(parser, &tag, indent))
		return false;
	parser->at = after;
	return true;
}

static bool parse(struct parser *parser)
{
	const struct parsed_template *parsed = parser->parsed;

	for (;;) {
		size_t start = find(parsed, parser->at, parser->open);
		if (start == parsed->size)
			break;
		if (!parse_tag(parser, start))
			return false;
	}
	add_text_before(parser, parsed->size, false);
	if (parser->depth == 0)
		return true;
	const struct node *open =
		&parsed->nodes[parser->sections[parser->depth - 1]];
	refuse(parser, open->offset, _("this section is not closed"));
	return error_next(parser->err, _("end it with {{/%.*s}}"),
		(int)open->text.size, open->text.at);
}

static bool check_text(const struct parsed_template *parsed, struct error *err)
{
	const char *nul = memchr(parsed->text, '\0', parsed->size);

	if (parsed->size > TEMPLATE_LIMIT) {
		error_set(err, STATUS_INVALID,
			_("the template is larger than %u bytes"),
			TEMPLATE_LIMIT);
		return error_at(err, "%s", parsed->name);
	}
	if (nul) {
		error_set(err, STATUS_INVALID,
			_("the template has a NUL byte in it"));
		return template_error_at(
			parsed, (size_t)(nul - parsed->text), err);
	}
	if (!text_is_utf8(parsed->text, parsed->size)) {
		error_set(err, STATUS_INVALID, _("the template is not UTF-8"));
		return error_at(err, "%s", parsed->name);
	}
	return true;
}

bool template_parse(struct parsed_template *parsed, const char *name,
	const char *text, size_t size, enum escaping escaping,
	struct error *err)
{
	struct parsed_template made = {
		.name = name, .text = text, .size = size
	};
	struct parser parser = {
		.parsed = &made,
		.escaping = escaping,
		.err = err,
		.open = { "{{", 2 },
		.close = { "}}", 2 },
	};

	if (!check_text(&made, err) || !parse(&parser)) {
		parsed_template_release(&made);
		return false;
	}
	*parsed = made;
	return true;
}

void parsed_template_release(struct parsed_template *parsed)
{
	free(parsed->nodes);
	*parsed = (struct parsed_template){ 0 };
}
