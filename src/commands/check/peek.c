/* SPDX-License-Identifier: MIT */
/* The vault that an env file is rendered from, as far as anybody can read it.
 */
#include "commands/check/check_internal.h"

#include "apply/readers.h"
#include "base/memory.h"
#include "base/text.h"
#include "commands/session_options.h"
#include "os/directory.h"

struct session_options check_quiet_options(const struct invocation *call)
{
	struct session_options options = session_options(call);

	options.no_input = true;
	options.observer.ask_passphrase = NULL;
	options.observer.note = NULL;
	return options;
}

const struct profile_output *check_find_output(const struct profile *profile,
	const struct vault *vault, const char *path)
{
	const struct profile_output *found = NULL;

	for (size_t i = 0; !found && i < profile->output_count; i++) {
		const struct profile_output *output = &profile->outputs[i];
		OWNED char *whole =
			path_join(vault_directory(vault), output->path);
		OWNED char *real = path_resolve(whole);
		if (text_equal(output->template, "env") && real &&
			text_equal(real, path))
			found = output;
	}
	return found;
}

bool check_peek(struct check_peeked *peeked, struct vault *vault,
	const char *name, const char *path)
{
	json_t *settings = NULL;
	struct error ignored;

	*peeked = (struct check_peeked){ .output = NULL };
	if (!vault_peek_settings(vault, name, &settings, &ignored) ||
		!profile_from_settings(
			&peeked->profile, name, settings, &ignored))
		return false;
	peeked->output = check_find_output(&peeked->profile, vault, path);
	if (peeked->output &&
		!declared_readers(&peeked->profile, peeked->output,
			&peeked->readers, &ignored))
		peeked->readers = 0;
	return true;
}

static bool choose(
	struct check_peeked *chosen, struct vault *vault, const char *path)
{
	OWNED char *owner = vault_output_owner(vault, path);
	const size_t count = vault_profile_count(vault);
	bool found = owner && vault_has_profile(vault, owner) &&
		check_peek(chosen, vault, owner, path);

	for (size_t i = 0; !found && i < count; i++) {
		if (!check_peek(
			    chosen, vault, vault_profile_name(vault, i), path))
			continue;
		found = chosen->output || count == 1;
		if (!found)
			profile_release(&chosen->profile);
	}
	return found;
}

void check_origin_find(struct check_origin *origin,
	const struct invocation *call, const char *path)
{
	struct error ignored;
	OWNED char *real = path_resolve(path);

	origin->session = SESSION(check_quiet_options(call));
	origin->is_known = real &&
		session_load(&origin->session, SESSION_READ, &ignored) &&
		choose(&origin->peeked, origin->session.vault, real);
}

void check_origin_release(struct check_origin *origin)
{
	if (origin->is_known)
		profile_release(&origin->peeked.profile);
	session_release(&origin->session);
}

static bool has_output_for_docker(const struct profile *profile)
{
	struct error ignored;

	for (size_t i = 0; i < profile->output_count; i++) {
		const struct profile_output *output = &profile->outputs[i];
		reader_set readers = 0;
		if (text_equal(output->template, "env") &&
			declared_readers(profile, output, &readers, &ignored) &&
			readers & READERS_RAW)
			return true;
	}
	return false;
}

reader_set check_readers_beside(struct invocation *call, const char *path)
{
	struct session session = SESSION(check_quiet_options(call));
	struct check_peeked peeked;
	struct error ignored;
	bool has_other = false;
	const size_t count = session_load(&session, SESSION_READ, &ignored)
		? vault_profile_count(session.vault)
		: 0;

	for (size_t i = 0; i < count && !has_other; i++) {
		if (!check_peek(&peeked, session.vault,
			    vault_profile_name(session.vault, i), path))
			continue;
		has_other = has_output_for_docker(&peeked.profile);
		profile_release(&peeked.profile);
	}
	session_release(&session);
	return lint_readers_beside(path, has_other);
}

reader_set check_declared_readers(struct invocation *call, const char *path)
{
	SCOPED(session)
	struct session session = SESSION(check_quiet_options(call));
	struct check_peeked peeked;
	struct error ignored;
	OWNED char *real = path_resolve(path);
	reader_set readers = 0;

	if (real && session_load(&session, SESSION_READ, &ignored)) {
		for (size_t i = 0; i < vault_profile_count(session.vault);
			i++) {
			if (!check_peek(&peeked, session.vault,
				    vault_profile_name(session.vault, i), real))
				continue;
			readers |= peeked.readers;
			profile_release(&peeked.profile);
		}
	}
	return readers;
}
