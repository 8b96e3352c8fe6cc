/* SPDX-License-Identifier: MIT */
#include "template/template.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "template/template_internal.h"

#include <string.h>

static void escape_none(const char *value, size_t size, struct buf *out)
{
	buf_append(out, value, size);
}

static void escape_html(const char *value, size_t size, struct buf *out)
{
	for (size_t i = 0; i < size; i++) {
		switch (value[i]) {
		case '&':
			buf_text(out, "&amp;");
			break;
		case '<':
			buf_text(out, "&lt;");
			break;
		case '>':
			buf_text(out, "&gt;");
			break;
		case '"':
			buf_text(out, "&quot;");
			break;
		default:
			buf_byte(out, value[i]);
		}
	}
}

/*
 * Quoted even where it need not be: a bare `if`, `A=B` or `2` before `>` would
 * mean something of its own.
 */
static void escape_sh(const char *value, size_t size, struct buf *out)
{
	buf_byte(out, '\'');
	for (size_t i = 0; i < size; i++) {
		if (value[i] == '\'')
			buf_text(out, "'\\''");
		else
			buf_byte(out, value[i]);
	}
	buf_byte(out, '\'');
}

struct format {
	const char *name;
	void (*escape)(const char *value, size_t size, struct buf *out);
	bool any_bytes;  /* values need not be UTF-8 without NUL */
	bool structured; /* has numbers, lists, null of its own */
};

static const struct format formats[ESCAPE_COUNT] = {
	[ESCAPE_NONE] = { "none", escape_none, true, false },
	[ESCAPE_HTML] = { "html", escape_html, true, false },
	[ESCAPE_ENV] = { "env", NULL, false, false },
	[ESCAPE_JSON] = { "json", quote_json, false, true },
	[ESCAPE_JS] = { "js", quote_js, false, true },
	[ESCAPE_SH] = { "sh", escape_sh, false, false },
	[ESCAPE_YAML] = { "yaml", quote_yaml, false, true },
};

enum escaping escaping_find(const char *name)
{
	size_t found = 0;

	while (found < ESCAPE_COUNT && !text_equal(formats[found].name, name))
		found++;
	return (enum escaping)found;
}

const char *escaping_name(enum escaping escaping)
{
	return escaping < ESCAPE_COUNT ? formats[escaping].name : "unknown";
}

bool escaping_is_structured(enum escaping escaping)
{
	return formats[escaping].structured;
}

static const struct {
	const char *extension;
	enum escaping escaping;
} extensions[] = {
	{ "js", ESCAPE_JS },
	{ "cjs", ESCAPE_JS },
	{ "mjs", ESCAPE_JS },
	{ "jsx", ESCAPE_JS },
	{ "ts", ESCAPE_JS },
	{ "cts", ESCAPE_JS },
	{ "mts", ESCAPE_JS },
	{ "tsx", ESCAPE_JS },
	{ "json", ESCAPE_JSON },
	{ "json5", ESCAPE_JSON },
	{ "jsonc", ESCAPE_JSON },
	{ "toml", ESCAPE_JSON },
	{ "yaml", ESCAPE_YAML },
	{ "yml", ESCAPE_YAML },
	{ "sh", ESCAPE_SH },
	{ "bash", ESCAPE_SH },
	{ "dash", ESCAPE_SH },
	{ "ksh", ESCAPE_SH },
	{ "zsh", ESCAPE_SH },
	{ "env", ESCAPE_ENV },
	{ "html", ESCAPE_HTML },
	{ "htm", ESCAPE_HTML },
	{ "xhtml", ESCAPE_HTML },
	{ "xml", ESCAPE_HTML },
	{ "svg", ESCAPE_HTML },
	{ "mustache", ESCAPE_HTML },
	{ "txt", ESCAPE_NONE },
	{ "md", ESCAPE_NONE },
};

enum escaping escaping_of_file(const char *name)
{
	static const char suffix[] = ".mustache";
	const char *slash = strrchr(name, '/');
	const char *base = slash ? slash + 1 : name;
	char file[TEMPLATE_NAME_LIMIT + 1];
	size_t size = strlen(base);

	if (size > TEMPLATE_NAME_LIMIT)
		return ESCAPE_COUNT;
	memcpy(file, base, size + 1);
	/* "env.mustache" is env, but "page.mustache" has no format: html. */
	bool is_template = text_ends_with(file, suffix);
	if (is_template)
		file[size - strlen(suffix)] = '\0';
	if (text_equal(file, "env") || text_equal(file, ".env") ||
		text_starts_with(file, ".env."))
		return ESCAPE_ENV;
	const char *dot = strrchr(file, '.');
	if (!dot)
		return is_template ? ESCAPE_HTML : ESCAPE_COUNT;
	for (size_t i = 0; i < ARRAY_SIZE(extensions); i++)
		if (text_equal_ignoring_case(dot + 1, extensions[i].extension))
			return extensions[i].escaping;
	return ESCAPE_COUNT;
}

static bool quote_for(reader_set readers, const char *name, const char *value,
	struct buf *out, struct error *err)
{
	reader_set differ = 0;

	if (!envfile_quote(name, value, readers, out, &differ, err))
		return false;
	if (!(differ & readers))
		return true;
	envfile_refuse_reading(name, value, differ & readers, err);
	return error_next(err,
		_("give it another value, or declare only readers that read "
		  "this file"));
}

static bool escape_env(reader_set readers, const char *name, const char *value,
	size_t size, struct buf *out, struct error *err)
{
	/* "." and dotted names are fine in a tag, but name no variable. */
	const char *variable = variable_name_is_allowed(name) ? name : "value";
	char *text = memory_copy(value, size);
	bool quoted = quote_for(readers, variable, text, out, err);

	memory_free(text, size);
	return quoted;
}

static bool check_bytes(const struct format *format, const char *name,
	const char *value, size_t size, struct error *err)
{
	if (format->any_bytes)
		return true;
	if (memchr(value, '\0', size))
		error_set(err, STATUS_INVALID,
			_("%s holds a NUL byte, which %s cannot hold"), name,
			format->name);
	else if (!text_is_utf8(value, size))
		error_set(err, STATUS_INVALID,
			_("%s is not UTF-8, so it cannot be written as %s"),
			name, format->name);
	else
		return true;
	return error_next(
		err, _("give it another value, or encode it as Base64"));
}

bool style_escape(struct style style, const char *name, const char *value,
	size_t size, struct buf *out, struct error *err)
{
	const struct format *format = &formats[style.escaping];

	if (!check_bytes(format, name, value, size, err))
		return false;
	if (style.escaping == ESCAPE_ENV)
		return escape_env(style.readers, name, value, size, out, err);
	format->escape(value, size, out);
	return true;
}
