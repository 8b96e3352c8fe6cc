/* SPDX-License-Identifier: MIT */
#include "team/sharing.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

bool sharing_load(
	struct sharing *sharing, enum session_mode mode, struct error *err)
{
	return session_load(&sharing->session, mode, err) &&
		session_identify(&sharing->session, err);
}

void sharing_release(struct sharing *sharing)
{
	for (size_t i = 0; i < sharing->count; i++)
		vault_close(sharing->profiles[i]);
	for (size_t i = 0; i < sharing->left_count; i++)
		free(sharing->left[i].profile);
	free(sharing->profiles);
	free(sharing->left);
	session_release(&sharing->session);
	*sharing = SHARING(sharing->session.options);
}

/* Opening */

static bool open_one(
	struct sharing *sharing, const char *name, struct error *err)
{
	struct opened *opened = NULL;

	for (size_t i = 0; i < sharing->count; i++)
		if (text_equal(opened_profile(sharing->profiles[i]), name))
			return true; /* named twice */
	if (!session_open_profile(&sharing->session, name, &opened, err))
		return false;
	MEMORY_PUSH(sharing->profiles, sharing->count, opened);
	return true;
}

static void open_or_leave(struct sharing *sharing, const char *name)
{
	struct error why;

	if (open_one(sharing, name, &why))
		return;
	MEMORY_PUSH(sharing->left, sharing->left_count,
		(struct sharing_left){ memory_text(name), why });
}

void sharing_open_all(struct sharing *sharing)
{
	const struct vault *vault = sharing->session.vault;

	for (size_t i = 0; i < vault_profile_count(vault); i++)
		open_or_leave(sharing, vault_profile_name(vault, i));
}

/* No name is an error of open_one, too, not a list of none. */
static bool open_list(
	struct sharing *sharing, const char *names, struct error *err)
{
	struct slice list = slice_of(names);
	struct slice item = list;
	bool ok = *names || open_one(sharing, names, err);

	while (ok && slice_take_item(&list, &item)) {
		OWNED char *name = slice_text(item);

		ok = open_one(sharing, name, err);
	}
	return ok;
}

bool sharing_open(struct sharing *sharing, const char *list, struct error *err)
{
	if (list)
		return open_list(sharing, list, err);
	return session_choose(&sharing->session, err) &&
		open_one(sharing, sharing->session.profile, err);
}

/* Adding */

bool new_recipient_parse(struct new_recipient *recipient, const char *name,
	const char *key, bool reader, struct error *err)
{
	*recipient = (struct new_recipient){ .name = name };
	if (!identity_token_parse(key, &recipient->age, recipient->sign,
		    &recipient->writer, err))
		return false;
	if (reader)
		recipient->writer = false;
	return true;
}

static bool add_to_opened(struct sharing *sharing,
	const struct new_recipient *recipient, struct error *err)
{
	for (size_t i = 0; i < sharing->count; i++) {
		struct opened *opened = sharing->profiles[i];

		if (recipient->new_key && !opened_renew_key(opened, err))
			return false;
		if (!opened_add_recipient(opened, recipient->name,
			    &recipient->age,
			    recipient->writer ? recipient->sign : NULL, err))
			return false;
	}
	return session_save(&sharing->session, err);
}

bool sharing_add(struct sharing *sharing, const char *list,
	const struct new_recipient *recipient, struct error *err)
{
	return session_begin_change(&sharing->session, err) &&
		sharing_open(sharing, list, err) &&
		add_to_opened(sharing, recipient, err);
}

/* The first that was left is what is wrong where nothing else was opened. */
static bool some_opened(struct sharing *sharing, struct error *err)
{
	if (sharing->count > 0)
		return true;
	*err = sharing->left[0].why;
	return false;
}

bool sharing_add_to_all(struct sharing *sharing,
	const struct new_recipient *recipient, struct error *err)
{
	if (!session_begin_change(&sharing->session, err))
		return false;
	sharing_open_all(sharing);
	if (sharing->left_count == 0 && sharing->count == 0) {
		error_set(err, STATUS_INVALID, _("the vault has no profile"));
		error_at(err, "%s", sharing->session.path);
		return error_next(err, _("`aigenv init` makes the first one"));
	}
	return some_opened(sharing, err) &&
		add_to_opened(sharing, recipient, err);
}

/* Removing */

static bool open_those_with(
	struct sharing *sharing, const char *recipient, struct error *err)
{
	struct vault *vault = sharing->session.vault;

	for (size_t i = 0; i < vault_profile_count(vault); i++) {
		const char *name = vault_profile_name(vault, i);

		if (vault_names_recipient(vault, name, recipient))
			open_or_leave(sharing, name);
	}
	if (sharing->count > 0 || sharing->left_count > 0)
		return some_opened(sharing, err);
	error_set(err, STATUS_INVALID,
		_("no profile of the vault has a recipient \"%.64s\""),
		recipient);
	error_at(err, "%s", sharing->session.path);
	return error_next(err, _("`aigenv share list` shows who has what"));
}

bool sharing_remove(struct sharing *sharing, const char *list, const char *name,
	struct error *err)
{
	if (!session_begin_change(&sharing->session, err) ||
		!(list ? sharing_open(sharing, list, err)
		       : open_those_with(sharing, name, err)))
		return false;
	for (size_t i = 0; i < sharing->count; i++)
		if (!opened_remove_recipient(sharing->profiles[i], name, err))
			return false;
	return session_save(&sharing->session, err);
}

static int compare_age(const void *a, const void *b)
{
	const struct secret_info *one = a;
	const struct secret_info *other = b;

	/* As RFC 3339 has dates, the order of the text is that of time. */
	return strcmp(one->at, other->at);
}

struct secret_info *sharing_secrets_by_age(
	const struct opened *opened, size_t *count)
{
	*count = opened_secret_count(opened);
	struct secret_info *list = memory_array(*count + 1, sizeof(*list));
	struct secret_info info = { .name = NULL };

	for (size_t i = 0; i < *count && opened_next_secret(opened, &info); i++)
		list[i] = info;
	qsort(list, *count, sizeof(*list), compare_age);
	return list;
}
