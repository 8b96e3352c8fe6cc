/* SPDX-License-Identifier: MIT */
#include "os/home.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *find_home(struct error *err)
{
	const char *home = getenv("HOME");

	if (!home || !*home) {
		const struct passwd *user = getpwuid(geteuid());
		home = user ? user->pw_dir : NULL;
	}
	if (home && home[0] == '/')
		return home;
	error_set(err, STATUS_LOCKED_OUT,
		home ? _("HOME is not an absolute path")
		     : _("HOME is not set, and the system knows no home of "
			 "this user"));
	error_at(err, "$HOME");
	error_next(err, _("set HOME to your home folder"));
	return NULL;
}

static char *path_of_base(const char *variable, const char *below_home,
	const char *name, struct error *err)
{
	const char *base = getenv(variable);

	if (base && base[0] == '/')
		return path_join(base, name);
	const char *home = find_home(err);
	if (!home)
		return NULL;
	OWNED char *folder = path_join(home, below_home);

	return path_join(folder, name);
}

char *path_config(const char *name, struct error *err)
{
	return path_of_base("XDG_CONFIG_HOME", ".config", name, err);
}

char *path_state(const char *name, struct error *err)
{
	return path_of_base("XDG_STATE_HOME", ".local/state", name, err);
}

char *path_home(const char *name, struct error *err)
{
	const char *home = find_home(err);

	return home ? path_join(home, name) : NULL;
}

/* What of the path is below the folder, with the slash; else NULL. */
static const char *part_below(const char *path, const char *folder)
{
	size_t size = folder ? strlen(folder) : 0;

	return size > 0 && text_starts_with(path, folder) && path[size] == '/'
		? path + size
		: NULL;
}

char *path_shown(const char *path)
{
	OWNED char *here = getcwd(NULL, 0);
	const char *below_here = part_below(path, here);
	const char *below_home = part_below(path, getenv("HOME"));

	if (below_here)
		return memory_text(below_here + 1);
	return below_home ? memory_printf("~%s", below_home)
			  : memory_text(path);
}
