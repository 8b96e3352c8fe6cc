/* SPDX-License-Identifier: MIT */
#include "wording/source.h"

#include "base/attributes.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* A statement is no longer: so much of a source is one that was not closed. */
#define CALL_MOST ((size_t)2000)

/* The size of the string that begins there, or 1. */
static size_t string_size(struct slice text)
{
	char quote = *text.at;

	for (size_t i = 1; i < text.size && text.at[i] != '\n'; i++) {
		if (text.at[i] == '\\')
			i++;
		else if (text.at[i] == quote)
			return i + 1;
	}
	return 1;
}

/* The size of what stands between the bracket that the text begins with and the
 * one that closes it, both with it. 0: it is not closed, an error stands in it,
 * which came of it ("raise APIError(" and, below, "APIError: ..."), or an
 * address, so that it is a request, which was sent. */
static size_t find_bracket(struct slice text, bool *words)
{
	size_t open = 0;

	for (size_t i = 0; i < text.size; i++) {
		char byte = text.at[i];

		if (slice_has_at(text, i, "Error: "))
			return 0;
		if (byte && strchr("\"'`", byte)) {
			size_t size = string_size(slice_from(text, i));

			if (slice_contains(
				    slice_first(slice_from(text, i), size),
				    "://"))
				return 0;
			*words = true;
			i += size - 1;
		} else if (byte && strchr("([{", byte)) {
			open++;
		} else if (byte && strchr(")]}", byte) && --open == 0) {
			return i + 1;
		}
	}
	return 0;
}

/* The same; what was looked at is taken off the budget. */
static size_t bracket_size(struct slice text, size_t *budget, bool *words)
{
	text = slice_first(text, *budget < CALL_MOST ? *budget : CALL_MOST);
	size_t size = find_bracket(text, words);

	*budget -= size > 0 ? size : text.size;
	return size;
}

/* "res.status": its size, where the last of the names is a function's. With
 * `made`, a class does. */
static size_t name_size(struct slice text, bool made)
{
	size_t size = 0;
	size_t last = 0;

	while (size < text.size &&
		(text_is_name_byte(text.at[size]) ||
			strchr(".$", text.at[size]))) {
		if (text.at[size++] == '.')
			last = size;
	}
	return size > last && (made || text_is_lower(text.at[last])) ? size : 0;
}

/* "if (!key) ", "} else ", "return ": what may stand in front. True where a
 * class is called by it. */
static bool skip_keywords(struct slice *rest, size_t *budget)
{
	static const char *const words[] = { "await ", "yield ", "else ",
		"} else ", "throw ", "void ", "export default " };
	bool ignored = false;
	bool made = false;

	if (slice_begins(*rest, "if (") || slice_begins(*rest, "if(")) {
		size_t open = slice_find(*rest, '(');
		size_t size =
			bracket_size(slice_from(*rest, open), budget, &ignored);

		if (size > 0)
			*rest = slice_skip_blanks(
				slice_from(*rest, open + size));
	}
	do
		if (slice_take_any(rest,
			    WORDS("throw new ", "raise ", "new ", "return new ",
				    "return ")))
			made = true;
	while (slice_take_any(rest, words, ARRAY_SIZE(words)));
	return made;
}

/* "http.Error(w, ": Go's functions have capitals, too, but what is printed of
 * an error's class has no variable in it. */
static bool has_variable_first(struct slice text)
{
	struct slice first = slice_from(text, slice_find(text, '(') + 1);
	size_t size = 0;

	while (size < first.size && text_is_lower(first.at[size]))
		size++;
	return text.size > 0 && text_is_lower(*text.at) && size > 0 &&
		slice_has_at(first, size, ", ");
}

size_t source_call(struct slice text, size_t *budget)
{
	struct slice rest = slice_skip_blanks(text);
	const bool made = skip_keywords(&rest, budget);
	bool words = false;
	size_t size = name_size(rest, made || has_variable_first(rest));

	if (size == 0 || !slice_has_at(rest, size, "("))
		return 0;
	do {
		rest = slice_from(rest, size);
		size = bracket_size(rest, budget, &words);
		if (size == 0)
			return 0;
		rest = slice_from(rest, size);
		size = slice_begins(rest, ".")
			? 1 + name_size(slice_from(rest, 1), true)
			: 0;
	} while (slice_has_at(rest, size, "("));
	while (rest.size > 0 && strchr(");,:{} ", *rest.at))
		rest = slice_from(rest, 1);
	return words && (rest.size == 0 || *rest.at == '\n')
		? text.size - rest.size
		: 0;
}

bool source_is_line(struct slice line)
{
	static const char *const starts[] = { "if [", "} else", "elif ",
		"grep ", "journalctl ", "/**", "* @", "#!/", "✓", "✔", "√" };
	static const char *const signs[] = { " => ", "::", " = ", "(\"", "('",
		"==", "!=", " v-", "?." };

	line = slice_trimmed(line);
	/* Go. */
	if (slice_contains(line, " := "))
		return true;
	/* An edge of a diagram in Mermaid. */
	if (slice_contains(line, "-->|"))
		return true;
	/* An element of a page's source: "<Alert type="error">". */
	if (line.size > 2 && *line.at == '<' && text_is_upper(line.at[1]) &&
		slice_ends(line, ">"))
		return true;
	return slice_fits_any(line, slice_begins, starts, ARRAY_SIZE(starts)) ||
		(slice_fits_any(line, slice_ends,
			 WORDS(";", "{", "),", "})", "/>", "=>")) &&
			slice_fits_any(line, slice_contains, signs,
				ARRAY_SIZE(signs)) &&
			!slice_contains(line, "rror: "));
}

bool source_assigns(struct slice line)
{
	line = slice_trimmed(line);
	if (slice_fits_any(line, slice_begins,
		    WORDS("enum ", "public enum ", "export enum ", "type ",
			    "export type ", "interface ", "export interface ")))
		return true;
	return slice_ends(line, "=") &&
		slice_fits_any(line, slice_begins,
			WORDS("const ", "let ", "var ", "export const ",
				"static const ", "final "));
}

/* "- #815 wrong key": an issue's title. */
static bool is_reference(struct slice line)
{
	while (slice_take_any(&line, WORDS(" ", "-", "*")))
		;
	return line.size > 3 && *line.at == '#' && text_is_digit(line.at[1]) &&
		text_is_digit(line.at[2]);
}

bool source_is_subject(struct slice line)
{
	size_t colon = slice_find_part(line, slice_of(": "));
	struct slice kind = slice_first(line, slice_find(line, '('));

	/* "fix(provider)", and no colon within the brackets. */
	return is_reference(line) ||
		(kind.size < colon && colon < line.size &&
			line.at[colon - 1] == ')' &&
			slice_fits_any(kind, slice_is,
				WORDS("fix", "feat", "docs", "chore",
					"refactor", "test", "perf", "ci",
					"build", "style")));
}

bool source_is_metric(struct slice line)
{
	for (size_t i = 1; i < line.size; i++) {
		size_t end = i + 1;

		if (line.at[i] != '{' || !text_is_name_byte(line.at[i - 1]))
			continue;
		while (end < line.size && text_is_name_byte(line.at[end]))
			end++;
		if (end > i + 1 &&
			(slice_has_at(line, end, "=\"") ||
				slice_has_at(line, end, "=~\"")))
			return true;
	}
	return false;
}

/* What a line of a source begins with, and hardly another. */
static bool has_keyword(struct slice line)
{
	static const char *const words[] = { "if ", "if(", "} else", "else",
		"elif ", "elsif ", "switch ", "case ", "match ", "when ",
		"return ", "rescue ", "begin", "try:", "try {", "} catch",
		"catch ", "catch(", "except ", "throw ", "raise ", "def ",
		"fn ", "func ", "fun ", "function ", "class ", "type ", "enum ",
		"export ", "import ", "const ", "let ", "var ", "pub ",
		"public ", "private ", "async ", "await ", "abort ", "local ",
		"interface ", "struct ", "end", "do ", "for ", "while ", "@",
		"#include", "using ", "package ", "assert" };

	return slice_fits_any(line, slice_begins, words, ARRAY_SIZE(words));
}

static bool has_code_end(struct slice line)
{
	return slice_fits_any(line, slice_ends,
		WORDS("{", "}", ";", ",", "(", ")", "[", "]", ":", " =", "=>",
			"->", " then", " do", " in", "esac", "fi", "done",
			"end", "*/", "/>", ">", "\""));
}

/* What a program printed, and nobody wrote into a source, or noted below what
 * called it: "// 404 ...". */
static bool is_printed(struct slice line)
{
	struct slice words = slice_trimmed(line);

	static const char *const signs[] = { "rror: ", "xception: ",
		"rror code: ", "HTTP/", "rror]: ", "Traceback", "    at " };

	return slice_fits_any(line, slice_contains, signs, ARRAY_SIZE(signs)) ||
		((slice_take(&words, "// ") || slice_take(&words, "# ")) &&
			words.size > 0 && text_is_digit(*words.at));
}

/* "  retry:", "- on: [429]": the size of the key with its colon, or 0. */
static size_t key_size(struct slice line)
{
	size_t size = 0;

	line = slice_skip_blanks(line);
	if (slice_begins(line, "- "))
		line = slice_from(line, 2);
	while (size < line.size &&
		(text_is_name_byte(line.at[size]) || line.at[size] == '-'))
		size++;
	return size > 0 && slice_has_at(line, size, ":") &&
			(size + 1 == line.size || line.at[size + 1] == ' ')
		? size + 1
		: 0;
}

/* "errors.rate_limited=...", as files of texts have it: the name has a dot. */
static bool is_property(struct slice line)
{
	size_t end = slice_find(line, '=');
	struct slice name = slice_trimmed(slice_first(line, end));

	for (size_t i = 0; i < name.size; i++)
		if (!text_is_name_byte(name.at[i]) && name.at[i] != '.')
			return false;
	return end < line.size && slice_contains(name, ".");
}

/* Fewer lines tell nothing. */
#define LINES_LEAST 3
#define KEYS_LEAST 4

bool source_is_text(struct slice text)
{
	size_t lines = 0;
	size_t keywords = 0;
	size_t code = 0;
	size_t keys = 0;
	size_t nested = 0;
	size_t properties = 0;
	bool error = false;
	struct slice line;

	while (slice_take_line(&text, &line)) {
		struct slice words = slice_trimmed(line);

		if (words.size == 0 || slice_begins(words, "```"))
			continue;
		if (is_printed(line))
			return false;
		bool keyword = has_keyword(words);
		bool end = has_code_end(words);

		lines++;
		keywords += keyword && (end || *line.at == ' ');
		code += keyword || end;
		keys += key_size(line) > 0;
		properties += is_property(words);
		/* No settings: a body that was printed as YAML. */
		error |= slice_begins(line, "error:");
		nested += key_size(line) > 0 && words.at != line.at;
	}
	return lines >= LINES_LEAST &&
		((keywords > 0 && code == lines) || properties == lines ||
			(keys == lines && keys >= KEYS_LEAST && nested > 0 &&
				!error));
}
