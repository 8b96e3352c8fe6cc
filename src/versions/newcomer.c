/* SPDX-License-Identifier: MIT */
#include "versions/newcomer.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "git/history.h"
#include "git/sight.h"

static struct recipient_info info_of(const struct newcomer *newcomer)
{
	struct recipient_info info = { .name = NULL };

	for (size_t i = 0; i < opened_recipient_count(newcomer->opened); i++) {
		opened_recipient_info(newcomer->opened, i, &info);
		if (text_equal(info.name, newcomer->name))
			break;
	}
	return info;
}

/*
 * Where there is a repository, its history says whether the key was ever taken
 * out of the file, on whatever branch. Where there is none, the base is what
 * the user named.
 */
static bool was_never_removed(
	const struct newcomer *newcomer, const struct recipient_info *info)
{
	SCOPED(tracked)
	struct tracked tracked = tracked_of(newcomer->vault_path);
	enum git_removal removal =
		git_find_removal(tracked.folder, tracked.name, info->age);

	return removal == GIT_NEVER_REMOVED || removal == GIT_NO_WORK_TREE;
}

/* Whether he came in after the two sides parted. */
static bool came_in_since(const struct newcomer *newcomer)
{
	int64_t parted = newcomer->base ? opened_generation(newcomer->base) : 0;

	return opened_recipient_generation(newcomer->opened, newcomer->name) >
		parted;
}

static bool may_come_in(const struct newcomer *newcomer,
	const struct recipient_info *info, bool *may, struct error *err)
{
	enum acquaintance acquaintance = ACQUAINTANCE_NONE;

	if (!opened_acquaintance(
		    newcomer->opened, newcomer->name, &acquaintance, err))
		return false;
	*may = acquaintance == ACQUAINTANCE_KNOWN ||
		(acquaintance == ACQUAINTANCE_VOUCHED &&
			came_in_since(newcomer) &&
			was_never_removed(newcomer, info));
	return true;
}

static bool advise(const struct newcomer *newcomer,
	const struct recipient_info *info, struct error *err)
{
	OWNED char *word = shell_quoted_short(newcomer->vault_path);
	const char *path = word ? word : VAULT_FILE;
	const char *other = version_name(
		newcomer->side == VERSION_OURS ? VERSION_THEIRS : VERSION_OURS);

	error_at(err, "%s", newcomer->vault_path);
	if (info->writer)
		error_next(err,
			_("ask who made that version; `git checkout --%s -- "
			  "%s` keeps the other one, and --trust \"%s\" trusts "
			  "%s, once you have asked in person"),
			other, path, info->fingerprint, newcomer->name);
	else
		error_next(err,
			_("ask who made that version; `git checkout --%s -- "
			  "%s` keeps the other one, and `aigenv share add %s "
			  "'%s' --reader -p %s` shares again, if that is what "
			  "you want"),
			other, path, newcomer->name, info->age,
			opened_profile(newcomer->opened));
	return false;
}

static bool refuse_sealer(const struct newcomer *sealer,
	const struct recipient_info *info, struct error *err)
{
	error_set(err, STATUS_LOCKED_OUT,
		_("profile %s of the version that git calls \"%s\" was sealed "
		  "by %s, who is not one of the writers that this machine "
		  "knows"),
		opened_profile(sealer->opened), version_name(sealer->side),
		sealer->name);
	return advise(sealer, info, err);
}

bool newcomer_check_sealer(const struct newcomer *sealer, struct error *err)
{
	struct recipient_info info = info_of(sealer);
	bool may = false;

	return may_come_in(sealer, &info, &may, err) &&
		(may || refuse_sealer(sealer, &info, err));
}

bool newcomer_check_base(const struct newcomer *sealer, struct error *err)
{
	struct recipient_info info = info_of(sealer);
	enum acquaintance acquaintance = ACQUAINTANCE_NONE;

	return opened_acquaintance(
		       sealer->opened, sealer->name, &acquaintance, err) &&
		(acquaintance != ACQUAINTANCE_NONE ||
			refuse_sealer(sealer, &info, err));
}

bool newcomer_check(const struct newcomer *newcomer, struct error *err)
{
	struct recipient_info info = info_of(newcomer);
	bool may = false;

	if (!may_come_in(newcomer, &info, &may, err))
		return false;
	if (may)
		return true;
	error_set(err, STATUS_LOCKED_OUT,
		_("%s would come into profile %s by the version that git calls "
		  "\"%s\", and is not known to this machine: somebody who was "
		  "removed can come back in this way"),
		newcomer->name, opened_profile(newcomer->opened),
		version_name(newcomer->side));
	return advise(newcomer, &info, err);
}
