/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* How far behind a condition its consequence is looked for. */
#define NEAR 160

/* A program that ends without it does not do without. */
static const char *const ends[] = { "throw ", "exit(", "Exit(", "exit ",
	"raise ", "raise(", "Fatal", "panic", "Panic", "abort", "die(", "fail(",
	"bail!", "errors.New(", "fmt.Errorf(", "?: error(" };

bool source_has_any_at(const struct source *source, size_t at,
	const char *const *list, size_t count)
{
	return slice_fits_any(
		source_from(source, at), slice_begins, list, count);
}

/* exit(0), exit 0: all is well. */
static bool is_success(const struct source *source, size_t at)
{
	struct slice rest = source_from(source, at);

	return (slice_take(&rest, "exit(0") || slice_take(&rest, "Exit(0") ||
		       slice_take(&rest, "exit 0")) &&
		!(rest.size > 0 && text_is_digit(*rest.at));
}

bool source_has_end(const struct source *source, size_t at, size_t to)
{
	for (; at < to; at++)
		if (source_is_code(source, at) &&
			source_has_any_at(source, at, ends, ARRAY_SIZE(ends)) &&
			!is_success(source, at))
			return true;
	return false;
}

/* Where a block ends that stands behind `at`, by its indent. */
static size_t indented_end(const struct source *source, size_t at, size_t most)
{
	size_t indent = source_indent(source, source_line_start(source, at));

	for (size_t end = source_line_end(source, at); end < most;
		end = source_line_end(source, end + 1)) {
		size_t next = source_indent(source, end + 1);

		if (next <= indent &&
			source_byte(source, end + 1 + next) != '\n')
			return end;
	}
	return most;
}

/* Where a block or statement ends that stands behind `at`. */
static size_t braced_end(const struct source *source, size_t at, size_t most)
{
	bool in_block = false;

	for (; at < most; at++) {
		char byte = source->text[at];

		if (source_is_code(source, at) &&
			(byte == '}' || (byte == ';' && !in_block)))
			return at;
		if (byte == '\n' && source_byte(source, at + 1) == '\n')
			return at;
		in_block = in_block || byte == '{';
	}
	return most;
}

/* Whether the program ends where the condition at [at, end) says that nothing
 * is there. In Ruby the consequence may stand in front of it. */
bool source_ends_then(const struct source *source, size_t at, size_t end)
{
	size_t most = source->size - end > NEAR ? end + NEAR : source->size;
	size_t line = source_line_start(source, at);

	if (source->language == LANGUAGE_RUBY &&
		source_has_end(source, line, at))
		return true;
	most = source->language & (LANGUAGE_PYTHON | LANGUAGE_RUBY)
		? indented_end(source, end, most)
		: braced_end(source, end, most);
	return source_has_end(source, end, most);
}

/* if (a) return a; throw ...; but not where something else was tried before:
 * "return" stands on the line in front of it. */
bool source_ends_otherwise(const struct source *source, size_t at, size_t end)
{
	size_t most = source->size - end > NEAR ? end + NEAR : source->size;
	size_t before =
		source_skip_space_back(source, source_line_start(source, at));
	size_t line = source_line_start(source, before);
	size_t block = source->language & (LANGUAGE_PYTHON | LANGUAGE_RUBY)
		? indented_end(source, end, most)
		: braced_end(source, end, most);
	const struct slice then = { source->text + end, block - end };
	const struct slice tried = { source->text + line, before - line };

	while (block < most && strchr("}; \n\t", source->text[block]))
		block++;
	return slice_contains(then, "return ") &&
		!slice_contains(tried, "return ") &&
		source_has_any_at(source, block, ends, ARRAY_SIZE(ends));
}

/* Go: an error, if there is one, is that nothing was there. */
enum doubt source_error_doubt(
	const struct source *source, size_t at, size_t end)
{
	size_t most = source->size - end > NEAR ? end + NEAR : source->size;
	size_t block = braced_end(source, end, most);
	const struct slice text = { source->text + end, block - end };

	return source_ends_then(source, at, end) ||
			slice_contains(text, "return ")
		? DOUBT_ENDS
		: DOUBT_SPARED;
}
