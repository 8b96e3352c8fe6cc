/* SPDX-License-Identifier: MIT */
#include "cli/advice.h"

#include "base/shell.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/directory.h"

#include <stdbool.h>
#include <string.h>

#define PROGRAM "aigenv "
#define THERE "there: "

static bool is_word_byte(char byte)
{
	return text_is_alphanumeric(byte) || byte == '-' || byte == '_' ||
		byte == '.' || byte == '/';
}

static size_t word_size(const char *text, size_t size)
{
	size_t end = 0;

	while (end < size && is_word_byte(text[end]))
		end++;
	return end;
}

static const struct command *find(
	const struct command *const *list, const char *word, size_t size)
{
	for (; list && *list; list++)
		if (text_is(word, size, (*list)->name))
			return *list;
	return NULL;
}

/* The command, or subcommand, whose words begin the text; NULL for none. */
static const struct command *command_at(
	const struct advice *advice, const char *text, size_t size)
{
	size_t first = word_size(text, size);
	const struct command *command = find(advice->all, text, first);

	if (!command || !command->subcommands)
		return command;
	size_t skipped = first + (first < size && text[first] == ' ');
	const struct command *sub = find(command->subcommands, text + skipped,
		word_size(text + skipped, size - skipped));
	return sub ? sub : command;
}

/* Whether the command's own words have -p already; a sign ends them. */
static bool names_profile(const char *text, size_t size)
{
	struct slice rest = { text, size };

	for (; rest.size && !strchr("`,;\n", *rest.at);
		rest = slice_from(rest, 1)) {
		if (slice_begins(rest, " -p "))
			return true;
		if (slice_begins(rest, " " PROGRAM))
			return false;
	}
	return false;
}

static void add_option(const char *name, const char *value, struct buf *out)
{
	if (!value)
		return;
	buf_printf(out, "%s ", name);
	shell_word(value, out);
	buf_byte(out, ' ');
}

static void add_options(const struct advice *advice,
	const struct command *command, const char *text, size_t size,
	struct buf *out)
{
	if (!command || !(command->needs & NEEDS_VAULT))
		return;
	add_option("-C", advice->directory, out);
	add_option("-f", advice->file, out);
	if (!(command->needs & NAMES_PROFILES) && !names_profile(text, size))
		add_option("-p",
			command->needs & MAKES_PROFILE ? advice->made
						       : advice->profile,
			out);
	if (advice->older)
		buf_text(out, "--allow-older ");
}

/* Whether the text ends with the mark of what another machine is to run. */
static bool ends_with_there(const char *text, size_t size)
{
	const size_t mark = sizeof(THERE) - 1;

	return size >= mark && memcmp(text + size - mark, THERE, mark) == 0;
}

/* As it is said to who stands in the vault's folder elsewhere. */
static struct advice elsewhere(const struct advice *here)
{
	struct advice there = *here;

	there.directory = NULL;
	there.file = here->file ? path_name(here->file) : NULL;
	there.older = false;
	return there;
}

void advice_complete(const struct advice *advice, const char *text, size_t size,
	struct buf *out)
{
	const size_t program = sizeof(PROGRAM) - 1;
	const struct advice there = elsewhere(advice);
	size_t done = 0;

	for (size_t i = 0; i + program < size; i++) {
		if (memcmp(text + i, PROGRAM, program) != 0 ||
			(i && is_word_byte(text[i - 1])))
			continue;
		const char *words = text + i + program;
		size_t rest = size - i - program;

		const bool is_there = ends_with_there(text, i);

		buf_append(out, text + done,
			i - done - (is_there ? sizeof(THERE) - 1 : 0));
		buf_text(out, PROGRAM);
		done = i + program;
		add_options(is_there ? &there : advice,
			command_at(advice, words, rest), words, rest, out);
	}
	buf_append(out, text + done, size - done);
}
