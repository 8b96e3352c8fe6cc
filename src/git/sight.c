/* SPDX-License-Identifier: MIT */
#include "git/sight.h"

#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"
#include "git/gitignore.h"
#include "git/run_internal.h"
#include "os/directory.h"
#include "os/file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define COMMITTED_LIMIT ((size_t)16 << 20)

/* The file as seen from a folder that is there. */
struct place {
	char *folder; /* owned */
	char *name;   /* owned; "./config/.env", where config is to be made */
};

static void place_release(struct place *place)
{
	free(place->folder);
	free(place->name);
}

/* Up to the first folder that is there. */
static struct place find_place(const char *path)
{
	char *real = path_resolve(path);
	OWNED char *whole = real ? real : memory_text(path);
	char *folder = path_directory(whole);

	while (!file_exists(folder)) {
		char *above = path_directory(folder);
		free(folder);
		folder = above;
	}
	size_t above = text_equal(folder, ".") ? 0 : strlen(folder);
	struct place place = { folder, memory_printf("./%s", whole + above) };

	return place;
}

/* A .gitignore that git would wait for. */
static bool is_pipe(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0 && !S_ISREG(status.st_mode) &&
		!S_ISLNK(status.st_mode) && !S_ISDIR(status.st_mode);
}

struct tree {
	bool is_one;
	bool waits; /* git would, for a .gitignore that is no file */
};

/* Of a .git, which is a folder or a file, here or further up. */
static struct tree find_tree(const char *folder)
{
	struct tree tree = { .is_one = getenv("GIT_DIR") };
	char *at = path_resolve(folder);
	bool found = false;

	while (at && !found) {
		OWNED char *mark = path_join(at, ".git");
		OWNED char *ignore = path_join(at, GITIGNORE_FILE);
		char *above = path_directory(at);
		bool is_top = text_equal(above, at);
		found = file_exists(mark);
		tree.waits = tree.waits || is_pipe(ignore);
		free(at);
		at = is_top || found ? NULL : above;
		if (!at)
			free(above);
	}
	tree.is_one = tree.is_one || found;
	return tree;
}

/* Names stand for themselves in `check-ignore`, which knows no such option. */
static const char *const is_ignored[] = { "check-ignore", "-q", "--", NULL };
static const char *const is_tracked[] = { "--literal-pathspecs", "ls-files",
	"--error-unmatch", "--", NULL };
static const char *const committed[] = { "cat-file", "blob", NULL };

static int ask(
	const struct place *place, const char *const *words, struct buf *said)
{
	return git_run(place->folder, words, place->name, said);
}

bool git_is_work_tree(const char *folder)
{
	return find_tree(folder).is_one;
}

enum git_sight git_look(const char *path)
{
	SCOPED(place) struct place place = find_place(path);
	const struct tree tree = find_tree(place.folder);
	enum git_sight sight = GIT_KNOWS_NOTHING;
	SCOPED(buf) struct buf said = BUF(65536);

	if (tree.is_one && tree.waits) {
		sight = GIT_WOULD_TAKE;
	} else if (tree.is_one) {
		/* Of what is in the index this says that it is not ignored. */
		int ignored = ask(&place, is_ignored, &said);
		int tracked =
			ignored == 1 ? ask(&place, is_tracked, &said) : -1;
		sight = ignored == 0                   ? GIT_IGNORES
			: tracked == 0                 ? GIT_TRACKS
			: ignored == 1 && tracked == 1 ? GIT_WOULD_TAKE
						       : GIT_KNOWS_NOTHING;
	}
	return sight;
}

/* By its bytes: `git status` asks the repository's filters, which are programs
 * of whoever made it. */
static bool is_committed(const char *path)
{
	SCOPED(place) struct place place = find_place(path);
	OWNED char *object = memory_printf("HEAD:%s", place.name);
	SCOPED(buf) struct buf before = BUF(COMMITTED_LIMIT);
	SCOPED(buf) struct buf now = BUF(COMMITTED_LIMIT);
	struct error ignored;

	return git_run(place.folder, committed, object, &before) == 0 &&
		!buf_failed(&before) && file_read(path, &now, NULL, &ignored) &&
		buf_equal(&before, &now);
}

bool git_has_changes(const char *path)
{
	enum git_sight sight =
		file_exists(path) ? git_look(path) : GIT_KNOWS_NOTHING;

	return (sight == GIT_TRACKS || sight == GIT_WOULD_TAKE) &&
		!is_committed(path);
}

struct tracked tracked_of(const char *path)
{
	OWNED char *real = path_resolve(path);
	const char *followed = real ? real : path;
	struct tracked tracked = { path_directory(followed),
		memory_text(path_name(followed)) };

	return tracked;
}

void tracked_release(struct tracked *tracked)
{
	free(tracked->folder);
	free(tracked->name);
}
