/* SPDX-License-Identifier: MIT */
/*
 * Each file of tests/corpus/sources is a project as one finds them in public:
 * "=== PATH" begins a file of it, and "<<NAME ...>>" at the end of a line says
 * which names are read there that nothing gives. What check --code tells
 * beside these is false, what it does not tell is missed.
 */
#include "code/code.h"

#include "../os/folder.h"

#include "base/buf.h"
#include "base/memory.h"
#include "base/slice.h"
#include "os/file.h"

#include <criterion/criterion.h>
#include <dirent.h>

#define TEXT_LIMIT ((size_t)1 << 20)

TestSuite(
	shapes, .init = enter_new_folder, .fini = leave_folder, .timeout = 60);

/* Lines "PATH:LINE NAME". */
static struct buf expected, told;

static void tell(void *context, const struct code_finding *finding)
{
	static const char *const rules[] = { "", "never-read", "no-header",
		"address", "key" };

	(void)context;
	buf_printf(&told, "%s:%zu %s\n", finding->path, finding->line,
		finding->rule == CODE_NOT_GIVEN ? finding->name
						: rules[finding->rule]);
}

static void open_file(FILE **file, const char *path)
{
	char *whole = memory_text(path);

	for (char *at = strchr(whole, '/'); at; at = strchr(at + 1, '/')) {
		*at = '\0';
		(void)mkdir(whole, 0700);
		*at = '/';
	}
	if (*file)
		(void)fclose(*file);
	*file = fopen(whole, "we");
	cr_assert_not_null(*file, "%s", whole);
	free(whole);
}

/* The names at the end of a line, which is cut in front of them. */
static void take_names(const char *path, size_t number, char *line)
{
	char *mark = strstr(line, "<<");
	char *end = mark ? strstr(mark, ">>") : NULL;

	if (!end || end[2] != '\0' || mark[2] == '~')
		return;
	*end = '\0';
	*mark = '\0';
	for (char *rest = NULL, *name = strtok_r(mark + 2, " ", &rest); name;
		name = strtok_r(NULL, " ", &rest))
		buf_printf(&expected, "%s:%zu %s\n", path, number, name);
}

static void write_project(struct slice rest)
{
	FILE *file = NULL;
	char *path = NULL;
	struct slice line;
	size_t number = 0;

	while (slice_take_line(&rest, &line)) {
		char *text = slice_text(line);

		if (strncmp(text, "=== ", 4) == 0) {
			free(path);
			path = memory_text(text + 4);
			open_file(&file, path);
			number = 0;
		} else {
			take_names(path, ++number, text);
			(void)fprintf(file, "%s\n", text);
		}
		free(text);
	}
	free(path);
	cr_assert_eq(fclose(file), 0);
}

/* How many lines of `lines` the other does not have; they are printed. */
static size_t count_missing(const char *project, const char *what,
	const struct buf *lines, const struct buf *other)
{
	struct slice rest = { buf_cstring(lines), lines->size };
	struct slice line;
	size_t count = 0;

	while (slice_take_line(&rest, &line)) {
		char *text = memory_printf("%.*s\n", (int)line.size, line.at);

		if (!strstr(buf_cstring(other), text)) {
			count++;
			printf("%s: %s %s", project, what, text);
		}
		free(text);
	}
	return count;
}

static size_t count_lines(const struct buf *lines)
{
	size_t count = 0;

	for (size_t i = 0; i < lines->size; i++)
		count += lines->data[i] == '\n';
	return count;
}

struct counts {
	size_t projects, told, expected, wrong, missed;
};

static void try_project(const char *path, const char *name, struct counts *sum)
{
	const struct code_check check = { .under = "", .tell = tell };
	struct buf text = BUF(TEXT_LIMIT);
	struct error err;
	struct tree tree;

	expected = BUF(TEXT_LIMIT);
	told = BUF(TEXT_LIMIT);
	cr_assert(file_read(path, &text, NULL, &err));
	cr_assert_eq(mkdir(name, 0700), 0);
	cr_assert_eq(chdir(name), 0);
	write_project((struct slice){ buf_cstring(&text), text.size });
	cr_assert(tree_open(&tree, ".", &err));
	cr_assert(code_look(&check, &tree));
	tree_release(&tree);
	cr_assert_eq(chdir(".."), 0);
	sum->projects++;
	sum->told += count_lines(&told);
	sum->expected += count_lines(&expected);
	sum->wrong += count_missing(name, "false:", &told, &expected);
	sum->missed += count_missing(name, "missed:", &expected, &told);
	buf_release(&expected);
	buf_release(&told);
	buf_release(&text);
}

static struct counts try_all(const char *folder)
{
	const char *source = getenv("AIGENV_TEST_SOURCE");
	char *path = memory_printf(
		"%s/tests/corpus/%s", source ? source : ".", folder);
	DIR *entries = opendir(path);
	const struct dirent *entry;
	struct counts sum = { 0 };

	cr_assert_not_null(entries, "%s", path);
	while ((entry = readdir(entries)) != NULL) {
		char *file = memory_printf("%s/%s", path, entry->d_name);

		if (strstr(entry->d_name, ".txt"))
			try_project(file, entry->d_name, &sum);
		free(file);
	}
	(void)closedir(entries);
	free(path);
	printf("%s: %zu projects, %zu findings, %zu of them false; %zu of %zu "
	       "missed\n",
		folder, sum.projects, sum.told, sum.wrong, sum.missed,
		sum.expected);
	return sum;
}

static void expect_few_errors(const char *folder)
{
	struct counts sum = try_all(folder);

	cr_expect_geq(sum.projects, 10);
	cr_expect_geq(sum.told, 100);
	cr_expect_leq(sum.wrong * 100, sum.told);
	cr_expect_leq(sum.missed * 50, sum.expected);
}

Test(shapes, at_most_one_finding_in_a_hundred_is_false)
{
	expect_few_errors("sources");
}

/* Written after the code, by other projects, and then the kinds that were wrong
 * were mended. When they were measured first, 4 of 117 findings were false and
 * 6 of 119 names missed; of those called mixed, 7 of 39 and 3 of 35. */
Test(shapes, others_that_were_looked_at_afterwards)
{
	expect_few_errors("sources-second");
}

/* The ways in which names are given and read, one excerpt for each. */
Test(shapes, each_way_of_giving_and_reading_is_known)
{
	struct counts sum = try_all("sources-ways");

	cr_expect_eq(sum.wrong, 0);
	cr_expect_eq(sum.missed, 0);
}
