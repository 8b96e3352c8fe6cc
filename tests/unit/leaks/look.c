/* SPDX-License-Identifier: MIT */
#include "look.h"

#include "../os/folder.h"

#include "base/buf.h"
#include "os/directory.h"

#include <criterion/criterion.h>

char here[256];

void enter(void)
{
	enter_new_folder();
	cr_assert_not_null(getcwd(here, sizeof(here)));
	cr_assert_eq(setenv("HOME", here, 1), 0);
	cr_assert_eq(unsetenv("HISTFILE"), 0);
}

void run(const char *command)
{
	cr_assert_eq(system(command), 0, "%s", command); /* NOLINT */
}

void start_repository(void)
{
	run("git init -q -b main . && git config user.name a &&"
	    " git config user.email a@example.org");
}

static struct buf told;
bool was_whole;
struct tree tree;

static void forget(void)
{
	tree_release(&tree);
	buf_release(&told);
}

void leave(void)
{
	forget();
	leave_folder();
}

static void tell(void *context, const struct leak *leak)
{
	static const char *const places[] = { "tracked", "index", "skipped",
		"head", "untracked", "built", "staged", "shell", "committed",
		"named", "message", "tag", "note", "ref", "setting", "reflog",
		"held", "loose", "unplaced" };

	(void)context;
	buf_printf(&told, "%s%s %zu %s:%zu:%zu +%zu%s\n", places[leak->place],
		leak->in_name && leak->place != LEAK_NAMED ? " name" : "",
		leak->tag,
		leak->place == LEAK_MESSAGE || leak->place >= LEAK_HELD
			? "-"
			: leak->path,
		leak->line, leak->column, leak->more,
		!*leak->commit        ? ""
			: *leak->date ? " since"
				      : " once");
}

bool find_shells(const struct leaks *leaks, struct tree *in)
{
	leaks_find_shells(leaks, in);
	return true;
}

size_t missing;

bool find_history(const struct leaks *leaks, struct tree *in)
{
	return leaks_find_history(leaks, in, &missing);
}

const char *look(find *function)
{
	struct needles *needles = needles_new();
	const char *const values[] = { TOKEN, KEY };
	struct error err;

	for (size_t i = 0; i < 2; i++) {
		struct secret secret;
		secret_copy(&secret, values[i], strlen(values[i]));
		cr_assert(needles_add_secret(needles, i + 1, &secret));
		secret_release(&secret);
	}
	forget();
	told = BUF(65536);
	cr_assert(tree_open(&tree, ".", &err));
	const struct leaks leaks = { .needles = needles, .tell = tell };
	was_whole = function(&leaks, &tree);
	needles_free(needles);
	return buf_cstring(&told);
}
