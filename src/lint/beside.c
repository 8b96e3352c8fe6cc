/* SPDX-License-Identifier: MIT */
/* Who reads an env file, as other files of its folder tell: compose's env_file,
 * and a command with --env-file in a script. */
#include "lint/lint.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"

#include <dirent.h>
#include <string.h>

#define FILE_LIMIT ((size_t)1 << 20)
/* Files of one folder that are looked into. */
#define FILES_LIMIT 200
#define BIT(reader) ((reader_set)1 << (reader))

struct looking {
	const char *name; /* the env file's, in the folder */
	reader_set readers;
	bool has_dockerfile, has_compose;
	bool has_other; /* docker is told to read another file */
};

/* ".env", "./.env", "$PWD/.env", with or without quotes. */
static bool is_named(const struct looking *looking, struct slice word)
{
	while (word.size > 0 && strchr("\"'`", *word.at))
		word = slice_from(word, 1);
	while (word.size > 0 && strchr("\"'`,\\", word.at[word.size - 1]))
		word.size--;
	size_t size = strlen(looking->name);
	return slice_ends(word, looking->name) &&
		(word.size == size || word.at[word.size - size - 1] == '/');
}

static bool is_between(char byte)
{
	return text_is_space(byte) || strchr("[],{}", byte) != NULL;
}

/* The next word of a line. */
static bool take_word(struct slice *rest, struct slice *word)
{
	while (rest->size > 0 && is_between(*rest->at))
		*rest = slice_from(*rest, 1);
	*word = *rest;
	word->size = 0;
	while (word->size < rest->size && !is_between(rest->at[word->size]))
		word->size++;
	*rest = slice_from(*rest, word->size);
	return word->size > 0;
}

static bool has_word_named(const struct looking *looking, struct slice text)
{
	struct slice word;

	while (take_word(&text, &word))
		if (is_named(looking, word))
			return true;
	return false;
}

static size_t indent_of(struct slice line)
{
	return line.size - slice_skip_blanks(line).size;
}

/* What stands below a key: deeper lines, and the items of its list. */
static struct slice block_below(struct slice rest, size_t indent)
{
	struct slice block = { rest.at, 0 };
	struct slice line;

	while (slice_take_line(&rest, &line)) {
		struct slice text = slice_skip_blanks(line);
		bool item = slice_begins(text, "-");
		if (text.size > 0 && indent_of(line) <= indent &&
			!(item && indent_of(line) == indent))
			break;
		block.size = (size_t)(line.at + line.size - block.at);
	}
	return block;
}

/* env_file: .env; [.env]; or below it "- .env", "- path: .env". */
static void look_into_compose(struct looking *looking, struct slice text)
{
	static const char key[] = "env_file:";
	struct slice line;

	while (slice_take_line(&text, &line)) {
		struct slice at = slice_skip_blanks(line);
		if (!slice_begins(at, key))
			continue;
		struct slice block = block_below(text, indent_of(line));
		if (!has_word_named(looking, slice_from(at, strlen(key))) &&
			!has_word_named(looking, block))
			continue;
		looking->has_compose = true;
		/* Compose 2.30: as `docker run --env-file` reads it. */
		looking->readers |= slice_contains(block, "format: raw")
			? BIT(READER_DOCKER)
			: BIT(READER_COMPOSE);
	}
}

/* Whose command it is that has the option. */
static reader_set reader_of(struct slice line)
{
	if (slice_contains(line, "docker compose") ||
		slice_contains(line, "docker-compose"))
		return BIT(READER_COMPOSE);
	if (slice_contains(line, "podman"))
		return BIT(READER_PODMAN);
	return slice_contains(line, "docker") ? BIT(READER_DOCKER) : 0;
}

/* docker run --env-file .env, perhaps over lines that end in a backslash. */
static void look_into_commands(struct looking *looking, struct slice text)
{
	static const char option[] = "--env-file";
	struct slice line;

	while (slice_take_line(&text, &line)) {
		while (slice_ends(line, "\\") && text.size > 0) {
			struct slice more;
			if (!slice_take_line(&text, &more))
				break;
			line.size = (size_t)(more.at + more.size - line.at);
		}
		for (struct slice rest = line; slice_contains(rest, option);) {
			while (!slice_begins(rest, option))
				rest = slice_from(rest, 1);
			rest = slice_from(rest, strlen(option));
			struct slice file = rest;
			struct slice word;
			while (file.size > 0 &&
				strchr("= \t\\\n\"',", *file.at))
				file = slice_from(file, 1);
			if (!take_word(&file, &word))
				continue;
			if (is_named(looking, word))
				looking->readers |= reader_of(line);
			else if (reader_of(line) & READERS_RAW)
				looking->has_other = true;
		}
	}
}

static bool is_compose(const char *name)
{
	return (text_starts_with(name, "compose") ||
		       text_starts_with(name, "docker-compose")) &&
		(text_ends_with(name, ".yml") || text_ends_with(name, ".yaml"));
}

/* Where people write down how a container is started. */
static bool has_commands(const char *name)
{
	return text_fits_any(name, text_equal,
		       WORDS("Makefile", "makefile", "GNUmakefile", "justfile",
			       "Justfile", "Taskfile.yml", "Taskfile.yaml",
			       "package.json", ".gitlab-ci.yml")) ||
		text_ends_with(name, ".sh") ||
		text_starts_with(name, "Dockerfile") ||
		text_starts_with(name, "Containerfile");
}

static void look_into(
	struct looking *looking, const char *folder, const char *name)
{
	SCOPED(buf) struct buf bytes = BUF(FILE_LIMIT);
	struct error ignored;
	OWNED char *path = path_join(folder, name);

	looking->has_dockerfile = looking->has_dockerfile ||
		text_equal(name, "Dockerfile") ||
		text_equal(name, "Containerfile");
	if (file_read(path, &bytes, NULL, &ignored)) {
		const struct slice text = { buf_cstring(&bytes), bytes.size };
		if (is_compose(name))
			look_into_compose(looking, text);
		else
			look_into_commands(looking, text);
	}
}

reader_set lint_readers_beside(const char *path, bool has_other)
{
	struct looking looking = { .name = path_name(path),
		.has_other = has_other };
	OWNED char *folder = path_directory(path);
	DIR *entries = opendir(folder);
	size_t left = FILES_LIMIT;

	for (const struct dirent *entry = entries ? readdir(entries) : NULL;
		entry && left > 0; entry = readdir(entries)) {
		if (!is_compose(entry->d_name) && !has_commands(entry->d_name))
			continue;
		look_into(&looking, folder, entry->d_name);
		left--;
	}
	if (entries)
		(void)closedir(entries);
	/* An image alone does not say how it is given its variables: docker
	 * may read the file, unless compose does, or docker has one of its own.
	 */
	if (looking.has_dockerfile && !looking.has_compose &&
		!looking.has_other)
		looking.readers |= BIT(READER_DOCKER);
	return looking.readers;
}
