/* SPDX-License-Identifier: MIT */
/*
 * Runs aigenv's command line many times in one process: for tests with
 * thousands of texts, where starting a program takes ten times as long as what
 * it does with one.
 *
 * stdin:  "WORDS BYTES\n", each word with a NUL behind it, its stdin; and again
 * stdout: "STATUS BYTES BYTES\n", what it wrote to stdout, and to stderr
 */
#define _GNU_SOURCE /* memfd_create */
#include "base/memory.h"
#include "cli/program.h"
#include "commands/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	MOST_WORDS = 16,
	MOST_BYTES = 1 << 21
};

static char bytes[MOST_BYTES];

static void expect(bool holds, const char *what)
{
	if (holds)
		return;
	(void)fprintf(stderr, "run_many: %s\n", what);
	exit(1);
}

/* An empty file in memory in the place of a descriptor. */
static void put_in_place(int descriptor)
{
	int file = memfd_create("run_many", MFD_CLOEXEC);

	expect(file >= 0 && dup2(file, descriptor) == descriptor &&
			close(file) == 0,
		"no file in memory");
}

static void read_words(FILE *asked, size_t count, char **words)
{
	size_t room = 0;

	expect(count < MOST_WORDS, "too many words");
	for (size_t i = 0; i < count; i++)
		expect(getdelim(&words[i], &room, '\0', asked) > 0,
			"a word is cut off");
}

static void read_input(FILE *asked, size_t size)
{
	expect(size <= MOST_BYTES && fread(bytes, 1, size, asked) == size,
		"what is for stdin is cut off");
	put_in_place(STDIN_FILENO);
	expect(write(STDIN_FILENO, bytes, size) == (ssize_t)size &&
			lseek(STDIN_FILENO, 0, SEEK_SET) == 0,
		"stdin cannot be written");
}

static size_t size_of(int descriptor)
{
	off_t size = lseek(descriptor, 0, SEEK_END);

	expect(size >= 0 && size <= MOST_BYTES, "it wrote too much");
	return (size_t)size;
}

static void repeat(FILE *answer, int descriptor, size_t size)
{
	expect(pread(descriptor, bytes, size, 0) == (ssize_t)size &&
			fwrite(bytes, 1, size, answer) == size,
		"what it wrote is lost");
}

static void run_once(FILE *asked, FILE *answer, size_t count, size_t size)
{
	char *words[MOST_WORDS] = { NULL };
	size_t out, err;
	int status;

	read_words(asked, count, words);
	read_input(asked, size);
	put_in_place(STDOUT_FILENO);
	put_in_place(STDERR_FILENO);
	status = (int)program_run(commands, words);
	out = size_of(STDOUT_FILENO);
	err = size_of(STDERR_FILENO);
	(void)fprintf(answer, "%d %zu %zu\n", status, out, err);
	repeat(answer, STDOUT_FILENO, out);
	repeat(answer, STDERR_FILENO, err);
	(void)fflush(answer);
	for (size_t i = 0; i < count; i++)
		free(words[i]);
}

int main(void)
{
	FILE *asked = fdopen(dup(STDIN_FILENO), "r");
	FILE *answer = fdopen(dup(STDOUT_FILENO), "w");
	size_t count, size;

	expect(asked && answer, "no streams");
	memory_wipe_json();
	while (fscanf(asked, "%zu %zu", &count, &size) == 2 &&
		fgetc(asked) == '\n')
		run_once(asked, answer, count, size);
	return 0;
}
